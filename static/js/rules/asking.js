// Which fields matter for the answers given, as disperin/registers/values/asking.py says it.

/** Is this an answer? What is not ticked, nothing, and none of something are not. */
export function isAnswer(value) {
  return value !== "" && !/^0([.,]0*)?$/.test(value);
}

/** Does a field matter, while the others hold `values`, if it is asked only with one of `wanted` (none: any answer)? */
export function matters(values, wanted) {
  return values.some((one) => wanted.length ? wanted.includes(one) : isAnswer(one));
}

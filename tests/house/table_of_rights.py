"""Who may use which route: each is named once; a new one fails `test_rights.py` until somebody decides."""

from disperin.registers.record import directory

CAST = ("visitor", "officer", "officer_there", "verifier", "head", "administrator")
SIGN_IN = {302, 401}

# Who gets an answer by GET (others are refused): everybody, people with an account, those whose reach includes the
# record (an officer of another regency gets 404), or one kind of user alone.
EVERYBODY = dict.fromkeys(CAST, {200})
SIGNED_IN = {"visitor": SIGN_IN, **dict.fromkeys(CAST[1:], {200})}
IN_REACH = {**SIGNED_IN, "officer_there": {404}}
OF_A_REGENCY = {**SIGNED_IN, "officer_there": {403}}
PROPOSERS = {**SIGNED_IN, "head": {403}}
OF_THE_PROVINCE = {**SIGNED_IN, **dict.fromkeys(("officer", "officer_there"), {403})}
ADMINISTRATORS = {"visitor": {302}, **dict.fromkeys(CAST[1:5], {302, 403}), "administrator": {200}}
VERIFIERS = {**IN_REACH, "officer": {403}, "head": {403}, "administrator": {403}}
MERGERS = {**SIGNED_IN, **dict.fromkeys(("officer", "officer_there", "head"), {403})}
PROPOSING_SIDE = {**IN_REACH, "verifier": {403}, "head": {403}, "administrator": {403}}
OWNER = {**dict.fromkeys(CAST, {404}), "visitor": SIGN_IN, "officer": {200}}
HIDDEN = {**OWNER, "visitor": {404}}  # not even that it is there is told
ONLY_POST = {**dict.fromkeys(CAST, {405}), "visitor": {302, 401, 405}, "officer_there": {404, 405}}

HEAD_PAGES = ("head:page", "head:alerts", "head:mail")  # of those whose reach is the province


def pages_of(register):
    """Who reads the pages that every register has: its audience says so."""
    meta, is_public = register.model._meta, register.model.audience.is_public
    name, listed = f"{meta.app_label}:{meta.model_name}", EVERYBODY if is_public else SIGNED_IN
    maps = {f"{name}-map": listed, f"{name}-map-picture": listed} if register.model.point else {}
    inside = SIGNED_IN if register.model.of_province else IN_REACH
    return {f"{name}-list": listed, **maps, f"{name}-detail": EVERYBODY if is_public else inside}


def resources_of(register):
    """The same of its resource in the API."""
    name, is_public = register.model._meta.model_name, register.model.audience.is_public
    listed, one = (EVERYBODY, EVERYBODY) if is_public else (SIGNED_IN, IN_REACH)
    one = SIGNED_IN if register.model.of_province else one
    return {f"{name}-list": listed, f"{name}-detail": one, f"{name}-reveal": ONLY_POST}


PAGES = {
    **{name: may for one in directory.all_registers() for name, may in pages_of(one).items()},
    "healthz": EVERYBODY,
    "readyz": dict.fromkeys(CAST, {200, 503}),  # no job worker runs beside the tests
    "metrics": dict.fromkeys(CAST, {404}),  # nobody without the token
    "robots": EVERYBODY,
    "front:home": EVERYBODY,
    "front:open-data": EVERYBODY,
    "sitemap": EVERYBODY,
    "sitemap-pages": EVERYBODY,
    "sitemap-records": EVERYBODY,
    "front:embed-figure": EVERYBODY,
    "front:embed-cut": EVERYBODY,
    "front:embed-own": EVERYBODY,
    "front:embed-record": EVERYBODY,
    "front:feed": EVERYBODY,
    "front:manifest": EVERYBODY,
    "front:icon": EVERYBODY,
    "front:picture": EVERYBODY,
    "front:record-picture": EVERYBODY,
    "front:product-picture": EVERYBODY,
    "front:about": EVERYBODY,
    "front:privacy": EVERYBODY,
    "front:accessibility": EVERYBODY,
    "front:help": EVERYBODY,
    "inquiries:personal": EVERYBODY,
    "figures:statistics": EVERYBODY,
    "figures:figure": EVERYBODY,
    "figures:quality": EVERYBODY,
    "figures:quality-file": EVERYBODY,
    "figures:quality-months-file": EVERYBODY,
    "figures:file": EVERYBODY,
    "figures:sums": SIGNED_IN,
    "figures:reported": SIGNED_IN,
    "closes:list": EVERYBODY,
    "closes:close-quarter": {**dict.fromkeys(CAST, {405}), "visitor": {302, 405}},
    "closes:file": EVERYBODY,
    "closes:close": EVERYBODY,
    "closes:paper": OF_THE_PROVINCE,
    "closes:recap": SIGNED_IN,
    "closes:changed": SIGNED_IN,
    "closes:figures": OF_THE_PROVINCE,
    "closes:correct": {**dict.fromkeys(CAST, {403}), "visitor": SIGN_IN, "verifier": {200}},
    "figures:recap": SIGNED_IN,
    "figures:changes": EVERYBODY,
    "regency_pages:list": EVERYBODY,
    "regency_pages:regency": EVERYBODY,
    "regency_pages:sheet": EVERYBODY,
    "search:search": EVERYBODY,
    "search:suggestions": EVERYBODY,
    "search:unfound": SIGNED_IN,
    "handbook:contents": SIGNED_IN,
    "handbook:chapter": SIGNED_IN,
    "front:components": EVERYBODY,
    "front:motif": EVERYBODY,
    "front:regencies": EVERYBODY,
    "front:districts": EVERYBODY,
    "front:sketch": EVERYBODY,
    "industries:halal-figures": EVERYBODY,
    "industries:green-figures": EVERYBODY,
    "industries:halal-figures-file": EVERYBODY,
    "industries:green-figures-file": EVERYBODY,
    "industries:downstream": EVERYBODY,
    "industries:halal-work": SIGNED_IN,
    "industries:kbli-choices": SIGNED_IN,
    "industries:kbli-work": SIGNED_IN,
    "industries:quality-work": SIGNED_IN,
    "industries:halal-progress": SIGNED_IN,
    "industries:establishment-reveal": dict.fromkeys(CAST, {302}),  # GET leads back to the page
    "industries:product-detail": EVERYBODY,
    "ovop-keys": EVERYBODY,
    "ovop:award-share": EVERYBODY,
    "ovop:product-list": EVERYBODY,
    "ovop:product-file": EVERYBODY,
    "ovop:statistics": EVERYBODY,
    "ovop:offline": EVERYBODY,
    "ovop:label-state": EVERYBODY,
    "ovop:worker": EVERYBODY,
    "ovop:check": dict.fromkeys(CAST, {404}),  # nobody guesses a token
    "ovop:due": SIGNED_IN,
    "ovop:label": IN_REACH,
    "ovop:readiness": SIGNED_IN,
    "ovop:product-readiness": IN_REACH,
    "ovop:nomination-step": ONLY_POST,
    "ovop:nomination-assess": {**VERIFIERS, "verifier": {409}},  # its selection has not begun
    "ovop:nomination-result": {**VERIFIERS, "verifier": {409}},
    "ovop:round-export": ONLY_POST,
    "industries:service-list": EVERYBODY,
    "industries:service-map": EVERYBODY,
    "industries:service-map-picture": EVERYBODY,
    "zones:project-list": EVERYBODY,
    "zones:project-map": EVERYBODY,
    "zones:project-map-picture": EVERYBODY,
    "zones:project-detail": EVERYBODY,
    "zones:project-progress": EVERYBODY,
    "zones:zone-compare": EVERYBODY,
    "zones:zone-shapes": EVERYBODY,
    "zones:zone-picture": EVERYBODY,
    "zones:zone-self-check": IN_REACH,
    "zones:zone-profile": EVERYBODY,
    "zones:zone-progress": EVERYBODY,
    "zones:zone-portfolio": EVERYBODY,  # softened for whoever sees no inside
    "assistance:never-helped": SIGNED_IN,
    "assistance:report": SIGNED_IN,
    "ovop:cluster-readiness": SIGNED_IN,
    "commitments:last-forum": {"visitor": {302}, **dict.fromkeys(CAST[1:], {302})},  # leads to that forum
    "commitments:minutes": SIGNED_IN,
    "commitments:carry-over": {**SIGNED_IN, **dict.fromkeys(("officer", "officer_there", "head"), {403})},
    "planning:standing-file": SIGNED_IN,
    "planning:years-file": SIGNED_IN,
    "planning:economy": SIGNED_IN,
    "planning:tables": SIGNED_IN,
    "planning:units": SIGNED_IN,
    "planning:table-file": SIGNED_IN,
    "planning:template-file": SIGNED_IN,
    "supervision:inspection-minutes": IN_REACH,
    "coverage:lists": SIGNED_IN,
    "coverage:bring": PROPOSERS,
    "coverage:list": IN_REACH,
    "coverage:file": IN_REACH,
    "coverage:line": {**dict.fromkeys(CAST, {302}), "officer_there": {404}},  # leads to the list
    "coverage:step": ONLY_POST,
    "reports:compliance": SIGNED_IN,
    "reports:obliged": SIGNED_IN,
    "reports:reminder": IN_REACH,
    "reports:batch-sheet": SIGNED_IN,
    "reports:sheet": IN_REACH,
    "reports:copy-forward": ONLY_POST,
    "reports:note-step": ONLY_POST,
    "reports:take-back": ONLY_POST,
    "letters:list": SIGNED_IN,
    "letters:write": {**SIGNED_IN, **dict.fromkeys(("officer", "officer_there", "head"), {403})},
    "letters:letter": IN_REACH,
    "letters:revise": {**IN_REACH, **dict.fromkeys(("officer", "head"), {403})},
    "letters:withdraw": ONLY_POST,
    "letters:file": IN_REACH,
    "overview:absences": SIGNED_IN,
    "submissions:inbox": SIGNED_IN,
    "submissions:start": PROPOSERS,
    "submissions:batches": SIGNED_IN,
    "submissions:batch": IN_REACH,
    "submissions:batch-sample": ONLY_POST,
    "submissions:batch-verify": ONLY_POST,
    "submissions:batch-return": ONLY_POST,
    "submissions:batch-withdraw": PROPOSING_SIDE,
    "submissions:hidden": SIGNED_IN,
    "submissions:hide": {**IN_REACH, **dict.fromkeys(("officer", "verifier", "head"), {403})},
    "erasure:erase": {**IN_REACH, **dict.fromkeys(("officer", "verifier", "head"), {403})},
    "duplicates:pairs": SIGNED_IN,
    "duplicates:pair-new": MERGERS,
    "duplicates:pair-search": ONLY_POST,
    "duplicates:pair": IN_REACH,
    "duplicates:merge": IN_REACH,
    "submissions:hand-over": ADMINISTRATORS,
    "submissions:old-stock": SIGNED_IN,
    "submissions:detail": IN_REACH,
    "submissions:edit": PROPOSING_SIDE,
    "submissions:check": PROPOSING_SIDE,
    "submissions:options": {**PROPOSING_SIDE, "officer": {404}},  # names no field here
    "submissions:withdraw": PROPOSING_SIDE,
    "submissions:review": {**VERIFIERS, "verifier": {200}},
    "submissions:claim": ONLY_POST,
    "submissions:chosen": ONLY_POST,
    "submissions:release": ONLY_POST,
    "submissions:record-versions": IN_REACH,
    "inquiries:report": EVERYBODY,
    "inquiries:new": EVERYBODY,
    "inquiries:track": EVERYBODY,
    "inquiries:state": EVERYBODY,
    "inquiries:list": SIGNED_IN,
    "inquiries:detail": IN_REACH,
    "workbooks:index": SIGNED_IN,
    "workbooks:template": OF_A_REGENCY,
    "workbooks:detail": IN_REACH,
    "workbooks:errors": IN_REACH,
    **{
        f"workbooks:{step}": {**IN_REACH, **dict.fromkeys(("officer", "verifier", "head", "administrator"), {302})}
        for step in (
            "confirm",
            "choose",
            "mend",
            "picture",
            "submit",
            "withdraw",
            "resume",
        )  # GET leads back to the file
    },
    "downloads:index": SIGNED_IN,
    "downloads:list": EVERYBODY,
    "downloads:detail": HIDDEN,  # of what a visitor asked for everybody's: `test_long_exports.py`
    "downloads:file": HIDDEN,
    "mydata:registers": SIGNED_IN,
    "mydata:table": SIGNED_IN,
    "mydata:lacking": SIGNED_IN,
    "mydata:change": PROPOSERS,
    "mydata:view": OWNER,
    "overview:summary": SIGNED_IN,
    "overview:days": SIGNED_IN,
    **{name: {**SIGNED_IN, **dict.fromkeys(("officer", "officer_there"), {403})} for name in HEAD_PAGES},
    "overview:calendar": SIGNED_IN,
    "overview:calendar-file": dict.fromkeys(CAST, {404}),  # nobody guesses its token
    "notices:list": SIGNED_IN,
    "notices:open": {**ONLY_POST, **dict.fromkeys(CAST, {302, 404, 405})},
    "notices:read-all": ONLY_POST,
    "accounts:profile": SIGNED_IN,
    "accounts:session": SIGNED_IN,
    "accounts:token-create": SIGNED_IN,
    "accounts:token-revoke": {"visitor": {302}, **dict.fromkeys(CAST[1:], {404})},
    "attachments:file": {**IN_REACH, "visitor": {404}},
    "attachments:photo": dict.fromkeys(CAST, {404}),  # a private picture has no public address
}
API = {
    **{name: may for one in directory.all_registers() for name, may in resources_of(one).items()},
    "api-root": EVERYBODY,
    "api-nothing": EVERYBODY,  # what is under no resource is a 404; its empty rest is the root
    "api-schema": EVERYBODY,
    "api-docs": EVERYBODY,
    "product-list": EVERYBODY,
    "product-detail": EVERYBODY,
    "product-halal-status": EVERYBODY,
    "service-list": EVERYBODY,
    "service-detail": EVERYBODY,
    "service-reveal": ONLY_POST,
    "project-list": EVERYBODY,
    "project-detail": EVERYBODY,
    "project-reveal": ONLY_POST,
    "plot-list": EVERYBODY,
    "plot-detail": EVERYBODY,
    "search": EVERYBODY,
    "verify": dict.fromkeys(CAST, {404}),
    "regency-list": EVERYBODY,
    "regency-detail": EVERYBODY,
    "district-list": EVERYBODY,
    "district-detail": EVERYBODY,
    "village-list": EVERYBODY,
    "village-detail": EVERYBODY,
    "kbliclass-list": EVERYBODY,
    "kbliclass-detail": EVERYBODY,
    "figure-list": EVERYBODY,
    "insidesums-list": SIGNED_IN,
    "quality-list": EVERYBODY,
    "quality-months": EVERYBODY,
    "figure-detail": EVERYBODY,
    "close-list": EVERYBODY,
    "close-detail": EVERYBODY,
    "register-list": EVERYBODY,
    "register-detail": EVERYBODY,
    "submission-list": SIGNED_IN,
    "submission-detail": IN_REACH,
    **{
        f"submission-{step}": ONLY_POST
        for step in ("submit", "withdraw", "claim", "release", "verify", "send-back", "reject")
    },
    **{f"{kind}task-list": SIGNED_IN for kind in ("lack", "halal", "outside")},
    **{f"{kind}task-detail": IN_REACH for kind in ("lack", "halal", "outside")},
    **{f"{kind}task-end": ONLY_POST for kind in ("lack", "halal", "outside")},
    **{f"outside{thing}-list": SIGNED_IN for thing in ("list", "line")},
    **{f"outside{thing}-detail": IN_REACH for thing in ("list", "line")},
    "colleague-list": SIGNED_IN,
    "inquiry-list": dict.fromkeys(CAST, {405}),
    "inquiry-detail": EVERYBODY,
    "batch-list": SIGNED_IN,
    "batch-detail": IN_REACH,
    **{f"batch-{step}": ONLY_POST for step in ("sample", "verify", "send-back", "withdraw")},
    "hidden-list": SIGNED_IN,
    "hidden-lift": ONLY_POST,
    "pair-list": SIGNED_IN,
    "pair-detail": IN_REACH,
    **{f"pair-{step}": ONLY_POST for step in ("dismiss", "merge", "unmerge")},
    "register-template": OF_A_REGENCY,
    "register-export": EVERYBODY,
    "register-changes": EVERYBODY,
    "export-detail": HIDDEN,
    "workbook-list": ONLY_POST,
    "workbook-detail": IN_REACH,
    "workbook-errors": IN_REACH,
    **{
        f"workbook-{step}": ONLY_POST
        for step in ("mapping", "choices", "mend", "photos", "submit", "withdraw", "resume")
    },
    "attachment-list": ONLY_POST,
    "attachment-detail": IN_REACH,
}
TABLE = PAGES | API

"""What is stored in any register ends the tasks that it fulfils; what moves takes them along."""

from disperin.mydata.actions import end_mended, move_lacks
from disperin.registers.record import directory

directory.follow(end_mended)
directory.move_along(move_lacks)

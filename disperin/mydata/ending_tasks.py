"""What is stored in any register ends the tasks that it fulfils."""

from disperin.mydata.actions import end_mended
from disperin.registers.record import directory

directory.follow(end_mended)

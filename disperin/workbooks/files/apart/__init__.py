"""Programs that read .xls and .ods in processes of their own: such files can unfold to anything.

They import nothing of the portal but each other, and are started by `started` of `old_files.py` as `apart.<name>`, with
their memory and time bounded; whatever they cannot read ends them with an exit code.
"""

"""Reading files of other shorteners: from bytes to records, and from cells to values. Pure; knows no link of ours."""

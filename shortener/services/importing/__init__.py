"""Imports of links from files: `jobs` keeps them, `formats` knows other shorteners, `rows` makes drafts of records,
`plans` compares drafts with what is stored, `running` writes them in chunks.
"""

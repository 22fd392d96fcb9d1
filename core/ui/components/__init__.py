"""Components of the pages: one function with a signature each; a wrong argument fails loudly.

`docs/components.md` lists them. The markup is in `templates/components/`.
"""

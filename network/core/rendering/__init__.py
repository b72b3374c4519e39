"""Tags of Django's that show the same at less cost: a component is drawn hundreds of times a page.

What Django looks up anew each time is remembered: the template that a name stands for, the address of a file,
words in a language, and a component whose arguments are written in the template itself, such as an icon.
"""

"""What the code of a presentation looks like, under which phones follow it."""

#: no 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U, no vowels: as the codes of workshops, which have six of them
ALPHABET = "34679CFGHJKMNPRTVWX"
#: 19¹² are 2 · 10¹⁵: nobody finds one by trying
LENGTH = 12

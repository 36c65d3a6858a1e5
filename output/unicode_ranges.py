"""Prints unicode_ranges.h, from the version of Unicode that this Python knows.

    python3 output/unicode_ranges.py > output/unicode_ranges.h && clang-format -i output/unicode_ranges.h
"""

import unicodedata

# Planes of ideographs are wide as a whole, whatever is assigned in them yet (UAX #11).
IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
# Vowels and finals of Hangul join the consonant before them, as in every wcwidth.
JOINING_JAMO = (0x1160, 0x11FF)


def is_unprintable(code):
    # Controls, format characters (bidi, zero width, tags), separators, surrogates, noncharacters.
    return unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs") or (
        code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF)


def is_combining(code):
    return unicodedata.category(chr(code)) in ("Mn", "Me") or JOINING_JAMO[0] <= code <= JOINING_JAMO[1]


def is_wide(code):
    return not is_unprintable(code) and not is_combining(code) and (
        unicodedata.east_asian_width(chr(code)) in ("W", "F")
        or any(first <= code <= last for first, last in IDEOGRAPHS))


def ranges(predicate):
    first = None
    for code in range(0x110001):
        inside = code < 0x110000 and predicate(code)
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            yield first, code - 1
            first = None


def table(name, comment, predicate):
    print(f"\n// {comment}\ninline constexpr CodePointRange {name}[] = {{")
    print(", ".join(f"{{{first:#x}, {last:#x}}}" for first, last in ranges(predicate)))
    print("};")


print(f"// Made by unicode_ranges.py from Unicode {unicodedata.unidata_version}; not edited by hand.")
print("#pragma once\n\nnamespace podreg::output {\n")
print("struct CodePointRange {\n  char32_t first;\n  char32_t last;\n};")
table("kUnprintable", "Controls, bidi and other format characters, separators, noncharacters.", is_unprintable)
table("kCombining", "Takes no column of its own.", is_combining)
table("kWide", "Takes two columns.", is_wide)
print("\n}  // namespace podreg::output")

/* fraction.h - numbers that are one int divided by another
 *
 *     coil_obj *third = fraction_new(2, -6);   // Fraction(-1, 3)
 *
 * In lowest terms, the denominator greater than 0.
 * Threads: immutable; counts confined.
 */
#ifndef FRACTION_H
#define FRACTION_H

#include <coil/coil.h>

/* Its name is "Fraction".  Slots: repr, "Fraction(-1, 3)"; equal, with
 * fractions, ints and bools; hash; truth, false for 0 only. */
extern coil_type fraction_type;

/* fraction_new - n / d
 *
 * Ownership: returns new.
 * Errors:    NULL with ZeroDivisionError "Fraction(3, 0)" (for n = 3),
 *            OverflowError "the fraction does not fit" if a term, when
 *            they are lowest, has no place in 64 bits; MemoryError.
 * Cost:      one allocation.
 * Source:    Python fractions.Fraction.
 */
COIL_NEW coil_obj *fraction_new(int64_t n, int64_t d);

/* fraction_check - is o a fraction?
 * fraction_terms - its numerator and its denominator
 *
 * Checked (terms): o is a fraction.
 */
bool fraction_check(coil_obj *o);
void fraction_terms(coil_obj *o, int64_t *n, int64_t *d);
#endif

/**
 * Rounding up to a multiple: of an alignment, of a unit of bits, of the slots that variable arguments take.
 */
export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

const slotBytes = 8;

/** Bytes that an argument of `size` bytes takes among the variable ones of a call. */
export const variadicSlotSize = (size: number): number => roundUp(size, slotBytes);

/**
 * The types of C as the checker and the code generator see them: LP64, little endian, char signed, `long double` as precise as double.
 *
 * Types are plain immutable objects compared by structure, except records, which are compared by their definition object
 * (completed in place when the body of the struct is read). Qualifiers stand in the type object itself; `alias` remembers
 * the typedef a type was named by, for messages only.
 */

/** Bits of `qualifiers`. */
export const qualifier = {const: 1, volatile: 2, restrict: 4, atomic: 8} as const;

export type IntegerName =
	| '_Bool'
	| 'char'
	| 'signed char'
	| 'unsigned char'
	| 'short int'
	| 'short unsigned int'
	| 'int'
	| 'unsigned int'
	| 'long int'
	| 'long unsigned int'
	| 'long long int'
	| 'long long unsigned int';

type Common = {
	/** In bytes; 0 for functions, void and incomplete types (GNU's sizeof(void) == 1 is the checker's business). */
	readonly size: number;
	/** In bytes. */
	readonly alignment: number;
	/** `qualifier` bits. */
	readonly qualifiers: number;
	/** The typedef name, for messages. */
	readonly alias?: string;
};

export type VoidType = Common & {readonly kind: 'void'};

/** Every integer type, _Bool and the enumerations (`enumeration` set) among them. */
export type IntegerType = Common & {
	readonly kind: 'integer';
	readonly name: IntegerName;
	readonly isSigned: boolean;
	/** C11 6.3.1.1 conversion rank: _Bool 0, char 1, short 2, int 3, long 4, long long 5. */
	readonly rank: number;
	readonly enumeration?: EnumDefinition;
	/** Of the value of a bit-field wider than int: its bits. gcc computes with no more of them. */
	readonly width?: number;
};

/** float (4 bytes in memory), double (8) and long double: 16 bytes, of which the first 8 hold a double. */
export type FloatType = Common & {
	readonly kind: 'float';
	readonly name: 'float' | 'double' | 'long double';
};

export type PointerType = Common & {readonly kind: 'pointer'; readonly target: CType};

export type ArrayType = Common & {
	readonly kind: 'array';
	readonly element: CType;
	/** Number of elements; undefined for `T a[]` and for variable length arrays. */
	readonly length: number | undefined;
	/** Set for variable length arrays: which hidden local holds the array's size in bytes (its symbol's id). */
	readonly variableSize?: {readonly symbolId: number};
};

export type FunctionParameter = {readonly name: string | undefined; readonly type: CType};

export type FunctionType = Common & {
	readonly kind: 'function';
	readonly result: CType;
	/** Array and function parameters are adjusted to pointers already. */
	readonly parameters: readonly FunctionParameter[];
	readonly isVariadic: boolean;
	/** False for `int f()`: arguments are not checked and only promoted. */
	readonly hasPrototype: boolean;
};

/** struct and union. */
export type RecordType = Common & {readonly kind: 'record'; readonly record: RecordDefinition};

export type CType =
	| VoidType
	| IntegerType
	| FloatType
	| PointerType
	| ArrayType
	| FunctionType
	| RecordType;

export type BitField = {
	/** Bytes of the storage unit at `Member.offset`: the size of the member's type, or 8 for a packed field that crosses it. */
	readonly unitSize: number;
	/** Bits from the least significant bit of the storage unit. */
	readonly shift: number;
	/** In bits, 1..64. */
	readonly width: number;
};

export type Member = {
	/** Undefined for anonymous struct/union members (whose own members are found through them). */
	readonly name: string | undefined;
	readonly type: CType;
	/** In bytes from the start of the record; for a bit-field: of its storage unit. */
	readonly offset: number;
	readonly bitField?: BitField;
};

export type RecordDefinition = {
	readonly tag: string | undefined;
	readonly isUnion: boolean;
	/** Undefined as long as the type is incomplete. */
	members: readonly Member[] | undefined;
	size: number;
	alignment: number;
	/** Every type object made of this definition: by qualifiers and typedef name. */
	readonly types: RecordType[];
	/** Typedef given to an untagged record, for messages. */
	alias?: string;
};

export type EnumDefinition = {
	readonly tag: string | undefined;
	constants: readonly {readonly name: string; readonly value: number}[] | undefined;
};

const integer = (
	name: IntegerName,
	size: number,
	isSigned: boolean,
	rank: number,
): IntegerType => ({kind: 'integer', name, size, alignment: size, isSigned, rank, qualifiers: 0});

export const voidType: VoidType = {kind: 'void', size: 0, alignment: 1, qualifiers: 0};
export const boolType = integer('_Bool', 1, false, 0);
export const charType = integer('char', 1, true, 1);
export const signedCharType = integer('signed char', 1, true, 1);
export const unsignedCharType = integer('unsigned char', 1, false, 1);
export const shortType = integer('short int', 2, true, 2);
export const unsignedShortType = integer('short unsigned int', 2, false, 2);
export const intType = integer('int', 4, true, 3);
export const unsignedIntType = integer('unsigned int', 4, false, 3);
export const longType = integer('long int', 8, true, 4);
export const unsignedLongType = integer('long unsigned int', 8, false, 4);
export const longLongType = integer('long long int', 8, true, 5);
export const unsignedLongLongType = integer('long long unsigned int', 8, false, 5);

const floating = (name: FloatType['name'], size: number): FloatType => ({
	kind: 'float',
	name,
	size,
	alignment: size,
	qualifiers: 0,
});

export const floatType = floating('float', 4);
export const doubleType = floating('double', 8);
export const longDoubleType = floating('long double', 16);

/** The type of sizeof. */
export const sizeType = unsignedLongType;

export const pointerTo = (target: CType): PointerType => ({
	kind: 'pointer',
	target,
	size: 8,
	alignment: 8,
	qualifiers: 0,
});

export const arrayOf = (element: CType, length: number | undefined): ArrayType => ({
	kind: 'array',
	element,
	length,
	size: length === undefined ? 0 : element.size * length,
	alignment: element.alignment,
	qualifiers: 0,
});

export const functionType = (
	result: CType,
	parameters: readonly FunctionParameter[],
	isVariadic: boolean,
	hasPrototype = true,
): FunctionType => ({
	kind: 'function',
	result,
	parameters,
	isVariadic,
	hasPrototype,
	size: 0,
	alignment: 1,
	qualifiers: 0,
});

/** Atomic records of the sizes of integers are aligned like these. */
const alignmentOf = ({size, alignment}: RecordDefinition, qualifiers: number): number =>
	(qualifiers & qualifier.atomic) !== 0 && [1, 2, 4, 8, 16].includes(size)
		? Math.max(size, alignment)
		: alignment;

/**
 * A type of a record definition, possibly incomplete as yet: `completeRecord` fills the size into every type made of it.
 */
export const recordType = (
	record: RecordDefinition,
	qualifiers = 0,
	alias?: string,
): RecordType => {
	const known = record.types.find(type => type.qualifiers === qualifiers && type.alias === alias);
	if (known) return known;
	const {size} = record;
	const alignment = alignmentOf(record, qualifiers);
	const type: RecordType =
		alias === undefined
			? {kind: 'record', record, qualifiers, size, alignment}
			: {kind: 'record', record, qualifiers, size, alignment, alias};
	record.types.push(type);
	return type;
};

/** The body of the record has been read. */
export const completeRecord = (
	record: RecordDefinition,
	{members, size, alignment}: {members: readonly Member[]; size: number; alignment: number},
): void => {
	record.members = members;
	record.size = size;
	record.alignment = alignment;
	for (const type of record.types) {
		const completed: {-readonly [Key in keyof RecordType]: RecordType[Key]} = type;
		completed.size = size;
		completed.alignment = alignmentOf(record, type.qualifiers);
	}
};

/** The same type with more qualifiers. Qualifying an array qualifies its elements (C11 6.7.3p9). */
export const qualify = (type: CType, bits: number): CType => {
	if (bits === 0 || (type.qualifiers & bits) === bits) return type;
	if (type.kind === 'array') return {...type, element: qualify(type.element, bits)};
	if (type.kind === 'record') {
		return recordType(type.record, type.qualifiers | bits, type.alias);
	}
	return {...type, qualifiers: type.qualifiers | bits};
};

/** The type without its own qualifiers: the type of a value. */
export const unqualified = (type: CType): CType => {
	if (type.qualifiers === 0) return type;
	if (type.kind === 'record') return recordType(type.record);
	return {...type, qualifiers: 0};
};

export const withAlias = (type: CType, alias: string): CType => {
	if (type.kind === 'record') {
		return recordType(type.record, type.qualifiers, alias);
	}
	return {...type, alias};
};

export const isInteger = (type: CType): type is IntegerType => type.kind === 'integer';
export const isFloat = (type: CType): type is FloatType => type.kind === 'float';
export const isArithmetic = (type: CType): type is IntegerType | FloatType =>
	type.kind === 'integer' || type.kind === 'float';
export const isPointer = (type: CType): type is PointerType => type.kind === 'pointer';
export const isScalar = (type: CType): type is IntegerType | FloatType | PointerType =>
	type.kind === 'integer' || type.kind === 'float' || type.kind === 'pointer';
export const isBool = (type: CType): boolean => type.kind === 'integer' && type.rank === 0;
export const isVolatile = (type: CType): boolean => (type.qualifiers & qualifier.volatile) !== 0;
export const isConst = (type: CType): boolean => (type.qualifiers & qualifier.const) !== 0;
export const isAtomic = (type: CType): boolean => (type.qualifiers & qualifier.atomic) !== 0;
export const isCharacter = (type: CType): boolean => type.kind === 'integer' && type.rank === 1;
export const isVariableLength = (type: CType): boolean =>
	type.kind === 'array' && (type.variableSize !== undefined || isVariableLength(type.element));

/** Incomplete: void, a record without its body, an array without its length. */
export const isComplete = (type: CType): boolean => {
	switch (type.kind) {
		case 'void': {
			return false;
		}

		case 'record': {
			return type.record.members !== undefined;
		}

		case 'integer': {
			return type.enumeration === undefined || type.enumeration.constants !== undefined;
		}

		case 'array': {
			return (
				(type.length !== undefined || type.variableSize !== undefined) && isComplete(type.element)
			);
		}

		default: {
			return true;
		}
	}
};

/** The promoted type of a bit-field or an integer (C11 6.3.1.1p2). */
export const promotedType = (type: IntegerType, bitField?: BitField): IntegerType => {
	if (bitField && (type.rank <= 3 || bitField.width < 32)) {
		return bitField.width < 32 || type.isSigned ? intType : unsignedIntType;
	}

	if (bitField && bitField.width > 32 && bitField.width < 64)
		return {...type, qualifiers: 0, width: bitField.width};
	if (type.rank < 3) return intType;
	if (type.enumeration) {
		if (type.rank > 3) return longType; // GNU: enumerators that int can't hold
		return type.isSigned ? intType : unsignedIntType;
	}

	return type.qualifiers === 0 ? type : {...type, qualifiers: 0};
};

const unsignedOf = (type: IntegerType): IntegerType => {
	if (type.rank === 5) return unsignedLongLongType;
	return type.rank === 4 ? unsignedLongType : unsignedIntType;
};

const precision = ({width, size}: IntegerType): number => width ?? size * 8;

/** The usual arithmetic conversions (C11 6.3.1.8). Both operands are promoted already. */
export const commonArithmeticType = (
	left: IntegerType | FloatType,
	right: IntegerType | FloatType,
): IntegerType | FloatType => {
	if (left.kind === 'float' || right.kind === 'float') {
		if (left.kind !== 'float') return right as FloatType;
		if (right.kind !== 'float') return left;
		if (left.name === 'long double' || right.name === 'long double') return longDoubleType;
		return left.name === 'double' || right.name === 'double' ? doubleType : floatType;
	}

	if (left.isSigned === right.isSigned) {
		if (left.rank !== right.rank) return left.rank > right.rank ? left : right;
		return precision(left) >= precision(right) ? left : right;
	}

	const [signed, unsigned] = left.isSigned ? [left, right] : [right, left];
	if (unsigned.rank >= signed.rank && precision(unsigned) >= precision(signed)) return unsigned;
	return precision(signed) > precision(unsigned) ? signed : unsignedOf(signed);
};

/** Finds a member by name, through anonymous members too. `path` leads from the outermost record inwards. */
export const findMember = (
	record: RecordDefinition,
	name: string,
): readonly Member[] | undefined => {
	for (const member of record.members ?? []) {
		if (member.name === name) return [member];
		if (member.name === undefined && member.type.kind === 'record') {
			const inner = findMember(member.type.record, name);
			if (inner) return [member, ...inner];
		}
	}

	return undefined;
};

/** An enumeration is compatible with the integer type it is made of, not with another enumeration. */
const isCompatibleInteger = (left: IntegerType, right: IntegerType): boolean =>
	left.name === right.name &&
	(left.enumeration === right.enumeration || !left.enumeration || !right.enumeration);

/** Compatible types (C11 6.2.7), qualifiers counted unless `ignoreQualifiers` (of the outermost level only). */
export const isCompatible = (left: CType, right: CType, ignoreQualifiers = false): boolean => {
	if (left === right) return true;
	if (!ignoreQualifiers && ((left.qualifiers ^ right.qualifiers) & ~qualifier.restrict) !== 0)
		return false;
	switch (left.kind) {
		case 'void': {
			return right.kind === 'void';
		}

		case 'integer': {
			return right.kind === 'integer' && isCompatibleInteger(left, right);
		}

		case 'float': {
			return right.kind === 'float' && left.name === right.name;
		}

		case 'pointer': {
			return right.kind === 'pointer' && isCompatible(left.target, right.target);
		}

		case 'array': {
			return (
				right.kind === 'array' &&
				(left.length === undefined || right.length === undefined || left.length === right.length) &&
				isCompatible(left.element, right.element, ignoreQualifiers)
			);
		}

		case 'record': {
			return right.kind === 'record' && left.record === right.record;
		}

		case 'function': {
			return right.kind === 'function' && isCompatibleFunction(left, right);
		}
	}
};

const isCompatibleFunction = (left: FunctionType, right: FunctionType): boolean => {
	if (!isCompatible(left.result, right.result, true)) return false;
	if (!left.hasPrototype || !right.hasPrototype) return true;
	if (left.isVariadic !== right.isVariadic) return false;
	if (left.parameters.length !== right.parameters.length) return false;
	return left.parameters.every((parameter, index) => {
		const other = right.parameters[index];
		return other !== undefined && isCompatible(parameter.type, other.type, true);
	});
};

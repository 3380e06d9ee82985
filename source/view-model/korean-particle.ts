// Which of two forms a Korean particle has after a word: 삼(3)이, but 사(4)가. It goes by the sound on which the word ends as
// it is read aloud, also where it is written in digits or in Latin letters.

/** 영 일 이 삼 사 오 육 칠 팔 구; what ends with 0 is read 십, 백, 천 or 만. */
const digitsWithConsonant = '013678';
const digitsWithRieul = '178';

/** Of Latin words only these letters are heard as a final consonant: 셸, 팀, 펜. Others get a vowel: 박스, 데스크. */
const lettersWithConsonant = /(?:[lmn]|ng)$/i;

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const finals = 28;
const rieul = 8;

/** Whether the word asks for `particle`'s form after consonants. 으로 does not count ㄹ as one: 서울로. */
export const hasFinalConsonant = (word: string, particle: string): boolean => {
	const heard = word.replace(/[^\p{L}\p{N}]+$/u, '');
	const last = heard.at(-1) ?? '';
	const ignoresRieul = particle.startsWith('으로');
	const code = last.codePointAt(0) ?? 0;
	if (code >= firstSyllable && code <= lastSyllable) {
		const final = (code - firstSyllable) % finals;
		return final !== 0 && !(ignoresRieul && final === rieul);
	}
	if (digitsWithConsonant.includes(last) && last !== '')
		return !(ignoresRieul && digitsWithRieul.includes(last));
	if (ignoresRieul && /l$/i.test(heard)) return false;
	return lettersWithConsonant.test(heard);
};

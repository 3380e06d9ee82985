# Quotes, parameters, splitting.
x='a  b'; y="q\"q"; z=a\ b
echo $x "$x" '$x' "$y" $z "${z}"
echo "a'b" 'a"b' "a\\b\$c\`d" a\'b
set -- one 'two  three' '' four
echo $# "$1" "$2" "$3" "$4"
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "[$i]"; done
for i in "$*"; do echo "{$i}"; done
IFS=:
p=a:b::c:
for i in $p; do echo "($i)"; done
echo "$*"
unset IFS
for i in "pre$@post"; do echo "<$i>"; done
echo ${u-default} ${u:-d2} "${u-a b}" ${x:+set} ${u+unset} ${u=assigned} $u
echo ${#x} ${#u} ${x#a} ${x%b} 
f=/usr/lib/libc.so.6
echo ${f##*/} ${f%/*} ${f#*/} ${f%%.*} ${f#nothing}
shift 2; echo $# "$@"; shift; echo $1
set --; echo $# "$@" end
for i in "$@"; do echo never; done
echo "a""b"'c'd e""f ''
echo "$(echo nested "$(echo deep "quoted  x")")" `echo back \`echo ticks\``
echo $((1 + 2 * 3)) $(( (1+2)*3 )) $((7/2)) $((-7%3)) $((1<<10)) $((5>3 && 2>1))
n=4; echo $((n*n)) $((n+=2)) $n $((n==6?10:20)) $((0x1f)) $((~0)) $((!0))
echo one\
two
echo "line
break"
HOME=/; echo ~ ~/x
HOME=/elsewhere; echo ~
echo * | tr ' ' '\n' | head -n 0
echo a#b #comment
echo "${x}y" ${x}y
a='x y'; b=$a; echo "$b"; export c=$a; echo "$c"; d() { local e=$a; echo "$e"; }; d
echo "${n:-"q z"}" "${u2:-it's}" ${u2:-'a  b'} "${x%%[ab]*}" "${#}"
set -- 1 2; echo "${1}${2}" ${10-none} "$#"
IFS=,; x='1,2,,3'; set -- $x; echo $#; unset IFS
echo $(echo a; echo b) "$(printf 'a\n\n\n')x" '$x'"'"

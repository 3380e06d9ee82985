# Files, descriptors and here-documents.
cd "$(dirname "$0")" 2>/dev/null; cd /tmp; rm -rf shtest; mkdir shtest; cd shtest
echo one > f; echo two >> f; cat f; cat < f | wc -l
echo err 1>&2 2>/dev/null
ls nothere 2> e; echo $?; wc -l < e
{ echo out; echo err >&2; } > both 2>&1; cat both
cat <<A
x is $((1+1)) $(echo sub) \$literal `echo tick`
A
v=val; cat <<'B'
$v stays
B
cat <<-C
	tabs $v
	gone
	C
cat <<A1; cat <<A2
first
A1
second
A2
exec 3> three; echo to three >&3; exec 3>&-; cat three
exec 4< f; read l <&4; echo $l; read l <&4; echo $l; exec 4<&-
(echo a; echo b >&2) 2>&1 | sort
> empty; wc -c < empty
echo x > f1 > f2; wc -c f1 f2
cat f - < three
while read l; do echo "[$l]"; done < f
touch a.c b.c .hidden dir; mkdir d; touch d/x.c
echo *.c; echo [ab].c ?.c; echo d/*; echo */*.c; echo nomatch*; echo "*.c" \*.c; echo .h*
set -f; echo *.c; set +f
echo text | tee t1 t2 | cat; cat t1 t2
cat nothere; echo $?
nosuchcommand; echo $?
./nosuch; echo $?
echo plain > noexec; ./noexec; echo $?
printf '%s-%d\n' a 1 b 2
printf '%5s|%-5s|%05d|%x|%c|%%|%.2f\n' ab cd 42 255 xyz 3.14159
: > new; test -f new && echo exists; test -s new || echo empty
[ -d d ] && [ ! -d f ] && echo dirs
[ 3 -gt 2 -a 2 -gt 1 ] && echo both
[ "$v" = val ] && [ -n "$v" ] && [ -z "" ] && echo strings
read a b <<X
first second third
X
echo "$a/$b"
read -r r <<'X'
back\slash
X
echo "$r"
cd ..; rm -r shtest; ls shtest 2>/dev/null; echo $?

# Compound commands.
if true; then echo yes; else echo no; fi
if false; then echo yes; elif test 1 -eq 1; then echo elif; else echo no; fi
i=0
while [ $i -lt 5 ]; do
	i=$((i + 1))
	if [ $i = 2 ]; then continue; fi
	[ $i = 4 ] && break
	echo $i
done
until [ $i -eq 0 ]; do i=$((i - 1)); done; echo $i
for a in 1 2 3; do for b in x y; do
	[ $a = 2 ] && continue 2
	[ $a$b = 3y ] && break 2
	echo $a$b
done; done
case hello.c in
*.h) echo header;;
*.c|*.cc) echo source;;
*) echo other
esac
case "a*b" in a\*b) echo literal;; esac
case x in [!a-w]) echo class;; esac
case "" in "") echo empty;; esac
f() { echo "f: $1 $#"; return 3; echo never; }
f a b; echo $?
g() (cd /; x=changed; echo in $x)
x=kept; g; echo $x
{ echo group; echo two; } | wc -l
(echo sub; exit 4); echo $?
! true; echo $?
! false && echo negated
true && echo and || echo or
false && echo and || echo or
false || false || echo third
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }
fact 10
recurse() { local v=$1; if [ $v -gt 0 ]; then recurse $((v - 1)); fi; echo $v; }
recurse 3
while read a b; do echo "$b-$a"; done <<X
1 2
3 4 5
X
echo x | while read l; do echo got $l; done
echo a; echo b
eval 'v=evaluated; echo $v'
for w; do echo never; done
k=3; while :; do k=$((k-1)); [ $k = 0 ] && break; done; echo $k
if ! false; then echo ok; fi
a=1 b=2; echo $a$b
y=tmp env | grep '^y='; echo "y=$y"
set -- a b c; for w do echo $w; done

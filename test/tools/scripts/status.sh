# Exit statuses, jobs, traps.
true; echo $?; false; echo $?
sh -c 'exit 7'; echo $?
sh -c 'kill -9 $$' 2>/dev/null; echo $?
sleep 0 & wait $!; echo $?
sh -c 'exit 5' & wait $!; echo $?
(exit 3) & (exit 4) & wait; echo $?
wait 99999; echo $?
false | true; echo $?; true | false; echo $?
x=$(false); echo $?
x=$(exit 9) ; echo $? 
trap 'echo trapped' USR1; kill -USR1 $$; echo after
trap 'echo term; ' TERM; kill $$; echo still
trap '' INT; kill -INT $$; echo ignored
trap - INT
(trap 'echo subexit' EXIT; echo in sub)
sh -c 'trap "echo bye" 0; exit 2'; echo $?
sh -c 'set -e; echo a; false; echo never'; echo $?
sh -c 'set -e; false || true; if false; then :; fi; ! true; echo survived'; echo $?
sh -c 'set -u; echo $undefined' 2>/dev/null; echo $?
sh -c 'echo "$0 $1 $2"' name a b
sh -c 'echo $#' x 1 2 3
echo 'echo script $1 $#; exit 6' > /tmp/script.sh; sh /tmp/script.sh arg; echo $?
echo 'v=sourced; return 3' > /tmp/lib.sh; . /tmp/lib.sh; echo $? $v
echo 'echo stdin script' | sh
sh -c 'if' 2>/dev/null; echo $?
sh -c 'echo "unterminated' 2>/dev/null; echo $?
sleep 100 & sleep 0.1; kill $!; wait $! 2>/dev/null; echo $?
command -v cd; command -v nosuch; echo $?
type cd; type if 2>/dev/null >/dev/null
export E=exported; sh -c 'echo $E'; unset E; sh -c 'echo "[$E]"'
readonly R=1; (R=2) 2>/dev/null; echo $?
getopts ab: o -a -b arg; echo $o; getopts ab: o -a -b arg; echo $o $OPTARG; getopts ab: o -a -b arg; echo $?
umask; cd /; pwd; cd tmp; pwd; cd -; echo $OLDPWD
exec sh -c 'echo replaced'
echo never

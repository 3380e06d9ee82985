# What the shell says about mistakes; each in a shell of its own.
try() { sh -c "$1" sh; echo "status $?"; }
try 'if )'; try 'if true; fi'; try 'for'; try 'for x in a; echo'; try 'case x y'; try '(ls'; try '{ ls'; try '( )'; try '{ }'
try 'if true; then fi'; try 'while do :; done'; try 'ls )'; try 'ls |'; try '&& x'; try 'while true; done'; try 'fi'; try ')'; try 'ls ;; x'
try 'echo "a'; try "echo 'a"; try 'echo `a'; try 'echo $(a'; try 'echo ${a'; try 'echo $((1'; try 'f() '; try 'a b() { x; }'; try '<'; try 'echo ${a@}'
try 'cd /nonexistent'; try 'test 1 -eq x'; try '[ 1 = 1'; try 'shift 3'; try 'exit abc'; try '. nofile'; try read; try 'unset 1a'; try 'export 1=2'
try 'break; echo x'; try 'echo $((1/0))'; try 'echo $((1+))'; try 'echo ${x?msg}'; try 'echo ${x:?}'; try 'set -u; echo $y'
try 'readonly a=1; a=2; echo no'; try '> /nonexistent/x; echo $?'; try '< nofile; echo $?'; try 'cat < nofile; echo $?'; try 'echo >&9; echo $?'
try 'trap "echo x" NOSUCH'; try 'wait abc'; try 'exec nosuch; echo no'; try './'; try '/'; try 'nosuch | cat; nosuch && echo no'; try 'set -x; a=1; echo $a "b c"'
try 'kill -9 $$'; try 'sh -c "kill -SEGV \$\$"; echo $?'; try 'sh -c "kill -PIPE \$\$"; echo $?'

# The tools together.
cd /tmp; rm -rf tt; mkdir tt; cd tt
printf 'pear\napple\nfig\napple\n10\n9\n' > fruit
sort fruit; sort -r fruit | head -2; sort -u fruit | wc -l; sort -n fruit | tail -2
printf 'b 2\na 10\nc 1\n' | sort -k2 -n; printf 'x:3\ny:1\n' | sort -t: -k2
sort fruit | uniq; sort fruit | uniq -c; sort fruit | uniq -d
wc fruit; wc -l fruit; wc -c < fruit; wc -w fruit fruit
head -n 2 fruit; head -3 fruit; head -c 4 fruit; echo; head -n -4 fruit; tail -n 2 fruit; tail -n +5 fruit; tail -1 fruit; tail -c 3 fruit
head -n 1 fruit fruit
grep p fruit; grep -c p fruit; grep -n '^a.*e$' fruit; grep -v p fruit; grep -i FIG fruit; grep -q nothing fruit; echo $?
grep '[0-9][0-9]*' fruit; grep -E '^(a|f)' fruit /dev/null | head -0; grep -E 'ap+le|fig' fruit; grep -F . fruit; grep -l fig fruit; grep -o 'pp*' fruit; grep -w fig fruit; grep -x 9 fruit
grep a nothere; echo $?
tr a-z A-Z < fruit; tr -d aeiou < fruit; echo aabbcc | tr -s ab; echo 'a b  c' | tr -s ' ' '\n'; echo hello | tr -cd 'l\n'; echo x1y2 | tr '[:digit:]' _
cut -d: -f2 <<X
a:b:c
nodelim
X
echo abcdef | cut -c2-4; echo 'a b c' | cut -d' ' -f1,3; echo abc | rev
seq 3; seq 2 4; seq 10 -3 1; seq -s, 5; seq 0 0.5 2; seq -w 8 10
echo -n no newline; echo; echo 'a\tb'; env echo 'a\tb'; env echo -e 'a\tb\0101'
yes | head -3; yes no way | head -n 1
echo data | tee copy | cat -n; cat copy copy; cat -n fruit - < copy | tail -2
basename /a/b/c.txt .txt; basename dir/; dirname /a/b/c /x y; 
mkdir -p d/e/f; ls -R d; rmdir d/e/f; mkdir d; mv fruit d; ls d; cp d/fruit d/copy; ls d; cp -r d d2; ls d2; rm d2; rm -r d2; rm nothere; rm -f nothere
touch z; ls; ls -a; ls -1 d; ls -F; ls nothere; echo $?; ls d z; ls -d d; mkfifo p; ls -F; cat p & echo through > p; wait
echo 1 2 3 | xargs echo got; seq 5 | xargs -n 2 echo; printf 'a\nb\n' | xargs -I@ echo '<@>'; echo | xargs -r echo none
ln -s z link; ls -F; test -L link && echo islink; cat link; chmod 600 z; ls -l z | cut -c1-10; chmod u+x,go=r z; ls -l z | cut -c1-10
test 1 -lt 2 && echo lt; test a = b || echo ne; test ! -e nothere && echo absent; test; echo $?; [ -n "" ]; echo $?
env -i A=1 env; sleep 0.01; true; echo $?; false; echo $?; expr 2>/dev/null; printf '%d %s\n' 5 x 6; printf '\101\n'; env printf '%b' 'x\ty\n'
kill -l 9; kill -0 $$; echo $?
cd ..; rm -rf tt

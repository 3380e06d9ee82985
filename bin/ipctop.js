#!/usr/bin/env node
// The installed command. Written in the syntax of very old Node versions, so
// that those can still read it and say what is wrong instead of a SyntaxError.

var required = 22;

if (Number(process.versions.node.split('.')[0]) < required) {
	process.stderr.write(
		'ipctop: needs Node.js ' +
			required +
			' or newer, but this is ' +
			process.version +
			' (' +
			process.execPath +
			'). Install a newer one from nodejs.org, or with your version manager.\n',
	);
	process.exitCode = 2;
} else {
	keepCompiledCode();
	import('../dist/cli.js').catch(error => {
		var isUnbuilt =
			error.code === 'ERR_MODULE_NOT_FOUND' && /dist.cli\.js'? imported/.test(error.message);
		if (!isUnbuilt) throw error;
		process.stderr.write('ipctop: not built yet; `npm run build` in its folder does it.\n');
		process.exitCode = 2;
	});
}

// The next start finds the code compiled. In the user's own cache folder, because what lies in a common one may be
// somebody else's; where there is none or it can't be written, nothing is kept, and no home folder is made.
// NODE_DISABLE_COMPILE_CACHE=1 turns it off.
function keepCompiledCode() {
	var base = process.env.XDG_CACHE_HOME || process.env.HOME;
	if (!base || !('getBuiltinModule' in process)) return;
	if (!process.getBuiltinModule('fs').existsSync(base)) return;
	var folder = process.env.XDG_CACHE_HOME ? base : base + '/.cache';
	var loader = process.getBuiltinModule('module');
	if ('enableCompileCache' in loader) loader.enableCompileCache(folder + '/ipctop');
}

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
	import('../dist/cli.js').catch(error => {
		var isUnbuilt =
			error.code === 'ERR_MODULE_NOT_FOUND' && /dist.cli\.js'? imported/.test(error.message);
		if (!isUnbuilt) throw error;
		process.stderr.write('ipctop: not built yet; `npm run build` in its folder does it.\n');
		process.exitCode = 2;
	});
}

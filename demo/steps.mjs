// What `npm start` has to do, told in advance.

/** All that may have to be done, in order. `seconds` from a quick machine to a busy one, as measured; `gigabytes` on the disk afterwards. */
const known = {
	tools: { what: "the project's tools", seconds: [60, 300], gigabytes: 1.7 },
	n8n: { what: 'n8n, with its Node and its database library', seconds: [180, 500], gigabytes: 3.1 },
	package: { what: 'building the nodes', seconds: [15, 90], gigabytes: 0 },
	start: { what: 'starting n8n and the sandbox', seconds: [10, 90], gigabytes: 0 },
};

/** The steps of a start. `missing` names those of `tools`, `n8n` and `package` that are not there yet. */
export function stepsOf(missing) {
	const names = ['tools', 'n8n', 'package'].filter((name) => missing.includes(name));
	return [...names, 'start'];
}

/** What is to come, in two lines at most: how many steps, how long, how much space, and which. */
export function announcement(steps) {
	const all = steps.map((name) => known[name]);
	const sum = (values) => values.reduce((total, value) => total + value, 0);
	const [least, most] = [0, 1].map((end) => sum(all.map(({ seconds }) => seconds[end])));
	const gigabytes = sum(all.map((step) => step.gigabytes));
	const space = gigabytes > 0 ? `, ${gigabytes.toFixed(1)} GB of disk, once` : '';
	const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
	return `${count}, ${span(least, most)}${space}: ${all.map(({ what }) => what).join('; ')}.`;
}

/** The line above a step. */
export function heading(steps, name) {
	return `Step ${steps.indexOf(name) + 1} of ${steps.length}: ${known[name].what}`;
}

function span(least, most) {
	const [[from, unit], [to, last]] = [amount(least), amount(most)];
	return unit === last ? `${from} to ${to} ${last}` : `${from} ${unit} to ${to} ${last}`;
}

function amount(seconds) {
	return seconds < 100 ? [seconds, 'seconds'] : [Math.round(seconds / 60), 'minutes'];
}

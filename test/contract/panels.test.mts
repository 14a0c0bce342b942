/**
 * All that the editor is told of nodes and credentials, as it was read and approved: a word, a default or a condition that changes by mistake shows up here, and one that is meant
 * to change shows up in the review. `npm run jest -- -u --selectProjects quick -- contract/panels` takes it anew from the package as it is built.
 */
import { useEngine } from '../support/engine.mts';

const engine = useEngine();

test.each(engine.nodeNames)('the node %s', (name) => {
	expect(engine.nodeType(name).description).toMatchSnapshot();
});

test.each(engine.credentialNames)('the credential %s', (name) => {
	expect(engine.credentialType(name)).toMatchSnapshot();
});

import * as workflow from 'n8n-workflow';

/** The main connection of a node. n8n before 1.85 has no list of connection types: without this, no node of the package would load there. */
export const MAIN = ('NodeConnectionTypes' in workflow ? workflow.NodeConnectionTypes : { Main: 'main' as const }).Main;

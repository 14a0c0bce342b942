'use strict';

/** What the package holds: each service with its node and credential files. n8n itself reads the `n8n` block of package.json. */
module.exports = {
	accutics: {
		nodes: ['dist/nodes/Accutics/Accutics.node.js', 'dist/nodes/Accutics/AccuticsTrigger.node.js'],
		credentials: ['dist/credentials/AccuticsApi.credentials.js'],
	},
	enDocsCloud: {
		nodes: ['dist/nodes/EnDocsCloud/EnDocsCloud.node.js', 'dist/nodes/EnDocsCloud/EnDocsCloudTrigger.node.js'],
		credentials: ['dist/credentials/EnDocsCloudApi.credentials.js'],
	},
	ento: {
		nodes: ['dist/nodes/Ento/Ento.node.js', 'dist/nodes/Ento/EntoTrigger.node.js'],
		credentials: ['dist/credentials/EntoApi.credentials.js'],
	},
	entu: {
		nodes: ['dist/nodes/Entu/Entu.node.js', 'dist/nodes/Entu/EntuPollingTrigger.node.js', 'dist/nodes/Entu/EntuTrigger.node.js'],
		credentials: ['dist/credentials/EntuApi.credentials.js'],
	},
	smartConnect: {
		nodes: ['dist/nodes/SmartConnect/SmartConnect.node.js', 'dist/nodes/SmartConnect/SmartConnectTrigger.node.js'],
		credentials: ['dist/credentials/SmartConnectApi.credentials.js', 'dist/credentials/SmartConnectRestApi.credentials.js'],
	},
};

'use strict';

exports.finish = async () => {};

/** What MongoDB has and the embedded store refuses with 238; any other name that no table serves is a mistake. */

export const REFUSED_FILTERS: ReadonlySet<string> = new Set([
  '$alwaysFalse', '$alwaysTrue', '$bitsAllClear', '$bitsAllSet', '$bitsAnyClear', '$bitsAnySet', '$box', '$center',
  '$centerSphere', '$geoIntersects', '$geometry', '$geoNear', '$geoWithin', '$jsonSchema', '$maxDistance',
  '$minDistance', '$mod', '$near', '$nearSphere', '$options', '$polygon', '$regex', '$sampleRate', '$text', '$type', '$where',
  '$within', '$uniqueDocs',
]); // prettier-ignore

export const REFUSED_UPDATES: ReadonlySet<string> = new Set(['$bit', '$currentDate']);

/** Expression operators, and `$elemMatch` of a find's projection. */
export const REFUSED_EXPRESSIONS: ReadonlySet<string> = new Set([
  '$abs', '$accumulator', '$acos', '$acosh', '$add', '$allElementsTrue', '$and', '$anyElementTrue', '$arrayElemAt',
  '$arrayToObject', '$asin', '$asinh', '$atan', '$atan2', '$atanh', '$avg', '$binarySize', '$bitAnd', '$bitNot',
  '$bitOr', '$bitXor', '$bsonSize', '$ceil', '$concat', '$concatArrays', '$const', '$convert', '$cos', '$cosh',
  '$dateAdd', '$dateDiff', '$dateFromParts', '$dateFromString', '$dateSubtract', '$dateToParts', '$dateToString',
  '$dateTrunc', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$degreesToRadians', '$divide', '$elemMatch', '$exp',
  '$filter', '$first', '$floor', '$function', '$getField', '$gte', '$hour', '$in', '$indexOfArray', '$indexOfBytes',
  '$indexOfCP', '$isArray', '$isNumber', '$isoDayOfWeek', '$isoWeek', '$isoWeekYear', '$last', '$let', '$literal',
  '$ln', '$log', '$log10', '$lte', '$ltrim', '$map', '$max', '$median', '$mergeObjects', '$meta', '$millisecond',
  '$min', '$minute', '$mod', '$month', '$multiply', '$ne', '$not', '$objectToArray', '$or', '$percentile', '$pow',
  '$radiansToDegrees', '$rand', '$range', '$reduce', '$regexFind', '$regexFindAll', '$regexMatch', '$replaceAll',
  '$replaceOne', '$reverseArray', '$round', '$rtrim', '$sampleRate', '$second', '$setDifference', '$setEquals',
  '$setField', '$setIntersection', '$setIsSubset', '$setUnion', '$sin', '$sinh', '$size', '$slice', '$sortArray',
  '$split', '$sqrt', '$stdDevPop', '$stdDevSamp', '$strcasecmp', '$strLenBytes', '$strLenCP', '$substr',
  '$substrBytes', '$substrCP', '$subtract', '$sum', '$switch', '$tan', '$tanh', '$toBool', '$toDate', '$toDecimal',
  '$toDouble', '$toHashedIndexKey', '$toInt', '$toLong', '$toLower', '$toObjectId', '$toString', '$toUpper', '$trim',
  '$trunc', '$tsIncrement', '$tsSecond', '$unsetField', '$week', '$year', '$zip',
]); // prettier-ignore

/** Accumulators of `$group`. */
export const REFUSED_ACCUMULATORS: ReadonlySet<string> = new Set([
  '$accumulator', '$addToSet', '$bottom', '$bottomN', '$count', '$firstN', '$lastN', '$maxN', '$median', '$mergeObjects', '$minN',
  '$percentile', '$stdDevPop', '$stdDevSamp', '$top', '$topN',
]); // prettier-ignore

/** Stages of a pipeline. */
export const REFUSED_STAGES: ReadonlySet<string> = new Set([
  '$bucket', '$bucketAuto', '$changeStream', '$collStats', '$currentOp', '$densify', '$documents', '$facet', '$fill',
  '$geoNear', '$graphLookup', '$indexStats', '$listLocalSessions', '$listSessions', '$lookup', '$merge', '$out',
  '$planCacheStats', '$redact', '$replaceWith', '$sample', '$search', '$setWindowFields', '$sortByCount', '$unionWith',
]); // prettier-ignore

export const REFUSED_COMMANDS: ReadonlySet<string> = new Set([
  'abortTransaction', 'appendOplogNote', 'applyOps', 'authenticate', 'availableQueryOptions', 'cloneCollectionAsCapped',
  'collMod', 'collStats', 'commitTransaction', 'compact', 'connPoolStats', 'connectionStatus', 'convertToCapped',
  'createRole', 'createUser', 'currentOp', 'dataSize', 'dbHash', 'dbStats', 'dbhash', 'dbstats', 'driverOIDTest',
  'dropAllUsersFromDatabase', 'dropConnections', 'dropRole', 'dropUser', 'explain', 'features', 'filemd5', 'fsync',
  'fsyncUnlock', 'geoSearch', 'getCmdLineOpts', 'getDefaultRWConcern', 'getDiagnosticData', 'getFreeMonitoringStatus',
  'getLastError', 'getLog', 'getParameter', 'getPrevError', 'getShardMap', 'getlasterror', 'grantRolesToUser',
  'hostInfo', 'internalRenameIfOptionsAndIndexesMatch', 'isSelf', 'killAllSessions', 'killOp', 'killSessions',
  'listCommands', 'lockInfo', 'logRotate', 'logout', 'mapReduce', 'mapreduce', 'netstat', 'planCacheClear',
  'planCacheClearFilters', 'planCacheListFilters', 'planCacheSetFilter', 'profile', 'reIndex', 'refreshSessions',
  'renameCollection', 'replSetGetConfig', 'replSetGetStatus', 'replSetInitiate', 'resetError', 'rolesInfo',
  'saslContinue', 'saslStart', 'setFeatureCompatibilityVersion', 'setFreeMonitoring', 'setParameter', 'shutdown',
  'startSession', 'top', 'updateUser', 'usersInfo', 'validate', 'whatsmyuri',
]); // prettier-ignore

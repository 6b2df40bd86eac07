/** Expression operators (and `$elemMatch` of a find's projection) that MongoDB has and the embedded store refuses. */
export const REFUSED_EXPRESSIONS: ReadonlySet<string> = new Set([
  '$abs', '$accumulator', '$acos', '$acosh', '$allElementsTrue', '$anyElementTrue', '$arrayElemAt', '$arrayToObject',
  '$asin', '$asinh', '$atan', '$atan2', '$atanh', '$avg', '$binarySize', '$bitAnd', '$bitNot', '$bitOr', '$bitXor',
  '$bsonSize', '$ceil', '$concat', '$const', '$convert', '$cos', '$cosh', '$dateAdd', '$dateDiff', '$dateFromParts',
  '$dateFromString', '$dateSubtract', '$dateToParts', '$dateToString', '$dateTrunc', '$dayOfMonth', '$dayOfWeek',
  '$dayOfYear', '$degreesToRadians', '$divide', '$elemMatch', '$exp', '$filter', '$first', '$floor', '$function',
  '$getField', '$hour', '$indexOfArray', '$indexOfBytes', '$indexOfCP', '$isArray', '$isNumber', '$isoDayOfWeek',
  '$isoWeek', '$isoWeekYear', '$last', '$let', '$ln', '$log', '$log10', '$ltrim', '$map', '$max', '$median', '$meta',
  '$millisecond', '$min', '$minute', '$mod', '$month', '$multiply', '$objectToArray', '$percentile', '$pow',
  '$radiansToDegrees', '$rand', '$range', '$reduce', '$regexFind', '$regexFindAll', '$regexMatch', '$replaceAll',
  '$replaceOne', '$reverseArray', '$round', '$rtrim', '$sampleRate', '$second', '$setDifference', '$setEquals',
  '$setField', '$setIntersection', '$setIsSubset', '$setUnion', '$sin', '$sinh', '$slice', '$sortArray', '$split',
  '$sqrt', '$stdDevPop', '$stdDevSamp', '$strLenBytes', '$strLenCP', '$strcasecmp', '$substr', '$substrBytes',
  '$substrCP', '$subtract', '$switch', '$tan', '$tanh', '$toBool', '$toDate', '$toDecimal', '$toDouble',
  '$toHashedIndexKey', '$toInt', '$toLong', '$toLower', '$toObjectId', '$toString', '$toUpper', '$trim', '$trunc',
  '$tsIncrement', '$tsSecond', '$unsetField', '$week', '$year', '$zip',
]); // prettier-ignore

/** Accumulators of `$group` that MongoDB has and the embedded store refuses. */
export const REFUSED_ACCUMULATORS: ReadonlySet<string> = new Set([
  '$accumulator', '$bottom', '$bottomN', '$count', '$firstN', '$lastN', '$maxN', '$median', '$minN', '$percentile',
  '$stdDevPop', '$stdDevSamp', '$top', '$topN',
]); // prettier-ignore

/** Stages that MongoDB has and the embedded store refuses. */
export const REFUSED_STAGES: ReadonlySet<string> = new Set([
  '$bucket', '$bucketAuto', '$changeStream', '$collStats', '$currentOp', '$densify', '$documents', '$facet', '$fill',
  '$geoNear', '$graphLookup', '$indexStats', '$listLocalSessions', '$listSessions', '$lookup', '$merge', '$out',
  '$planCacheStats', '$redact', '$sample', '$search', '$setWindowFields', '$unionWith',
]); // prettier-ignore

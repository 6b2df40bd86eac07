/** Expression operators that MongoDB has and the embedded store refuses. */
export const REFUSED_EXPRESSIONS: ReadonlySet<string> = new Set([
  '$accumulator', '$acos', '$acosh', '$allElementsTrue', '$anyElementTrue', '$asin', '$asinh', '$atan', '$atan2',
  '$atanh', '$binarySize', '$bitAnd', '$bitNot', '$bitOr', '$bitXor', '$bsonSize', '$ceil', '$convert', '$cos',
  '$cosh', '$dateAdd', '$dateDiff', '$dateFromParts', '$dateFromString', '$dateSubtract', '$dateToParts',
  '$dateToString', '$dateTrunc', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$degreesToRadians', '$exp', '$floor',
  '$function', '$getField', '$hour', '$indexOfArray', '$indexOfBytes', '$indexOfCP', '$isNumber', '$isoDayOfWeek',
  '$isoWeek', '$isoWeekYear', '$ln', '$log', '$log10', '$ltrim', '$median', '$meta', '$millisecond', '$minute',
  '$month', '$percentile', '$pow', '$radiansToDegrees', '$rand', '$range', '$regexFind', '$regexFindAll',
  '$regexMatch', '$replaceAll', '$replaceOne', '$round', '$rtrim', '$sampleRate', '$second', '$setDifference',
  '$setEquals', '$setField', '$setIntersection', '$setIsSubset', '$setUnion', '$sin', '$sinh', '$sortArray', '$sqrt',
  '$stdDevPop', '$stdDevSamp', '$strLenBytes', '$strcasecmp', '$substr', '$substrBytes', '$tan', '$tanh',
  '$toDate', '$toDecimal', '$toDouble', '$toHashedIndexKey', '$toInt', '$toObjectId', '$trim', '$trunc',
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

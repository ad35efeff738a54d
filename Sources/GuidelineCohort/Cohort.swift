internal import JSONLines

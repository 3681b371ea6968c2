package policy

import "strings"

// set is the qualifier of an operator for keys with several values.
type set int

const (
	noSet set = iota
	forAllValues
	forAnyValue
)

// operatorKind is the comparison of a condition operator without its negation.
type operatorKind int

const (
	opStringEquals operatorKind = iota
	opStringEqualsIgnoreCase
	opStringLike
	opNumeric
	opDate
	opBool
	opBinary
	opIP
	opArn
	opNull
)

// relation is how a number or date of the request stands to the policy's.
type relation int

const (
	equal relation = iota
	less
	lessOrEqual
	greater
	greaterOrEqual
)

// operator is a condition operator, taken apart.
type operator struct {
	kind     operatorKind
	relation relation
	negated  bool
	ifExists bool
	set      set
}

// operators are those of "IAM JSON policy elements: Condition operators".
// ArnEquals and ArnLike behave identically.
var operators = map[string]operator{
	"StringEquals":              {kind: opStringEquals},
	"StringNotEquals":           {kind: opStringEquals, negated: true},
	"StringEqualsIgnoreCase":    {kind: opStringEqualsIgnoreCase},
	"StringNotEqualsIgnoreCase": {kind: opStringEqualsIgnoreCase, negated: true},
	"StringLike":                {kind: opStringLike},
	"StringNotLike":             {kind: opStringLike, negated: true},
	"NumericEquals":             {kind: opNumeric},
	"NumericNotEquals":          {kind: opNumeric, negated: true},
	"NumericLessThan":           {kind: opNumeric, relation: less},
	"NumericLessThanEquals":     {kind: opNumeric, relation: lessOrEqual},
	"NumericGreaterThan":        {kind: opNumeric, relation: greater},
	"NumericGreaterThanEquals":  {kind: opNumeric, relation: greaterOrEqual},
	"DateEquals":                {kind: opDate},
	"DateNotEquals":             {kind: opDate, negated: true},
	"DateLessThan":              {kind: opDate, relation: less},
	"DateLessThanEquals":        {kind: opDate, relation: lessOrEqual},
	"DateGreaterThan":           {kind: opDate, relation: greater},
	"DateGreaterThanEquals":     {kind: opDate, relation: greaterOrEqual},
	"Bool":                      {kind: opBool},
	"BinaryEquals":              {kind: opBinary},
	"IpAddress":                 {kind: opIP},
	"NotIpAddress":              {kind: opIP, negated: true},
	"ArnEquals":                 {kind: opArn},
	"ArnNotEquals":              {kind: opArn, negated: true},
	"ArnLike":                   {kind: opArn},
	"ArnNotLike":                {kind: opArn, negated: true},
	"Null":                      {kind: opNull},
}

// parseOperator takes an operator's name apart. Case matters: IAM refuses
// stringEquals with "Invalid Condition type".
func parseOperator(name string) (operator, bool) {
	var qualifier set
	if rest, found := strings.CutPrefix(name, "ForAllValues:"); found {
		name, qualifier = rest, forAllValues
	} else if rest, found := strings.CutPrefix(name, "ForAnyValue:"); found {
		name, qualifier = rest, forAnyValue
	}
	name, ifExists := strings.CutSuffix(name, "IfExists")
	op, ok := operators[name]
	// Null asks for existence itself and takes no suffix. With a set it is
	// accepted, though always true or always false.
	if !ok || op.kind == opNull && ifExists {
		return operator{}, false
	}
	op.set, op.ifExists = qualifier, ifExists
	return op, true
}

// properOperator is the spelling that IAM accepts of a name in another case.
func properOperator(name string) (string, bool) {
	qualifier := ""
	if head, rest, found := cutColon(name); found {
		switch {
		case strings.EqualFold(head, "ForAllValues"):
			qualifier, name = "ForAllValues:", rest
		case strings.EqualFold(head, "ForAnyValue"):
			qualifier, name = "ForAnyValue:", rest
		}
	}
	for proper := range operators {
		for _, suffix := range []string{"", "IfExists"} {
			whole := qualifier + proper + suffix
			if _, ok := parseOperator(whole); ok && strings.EqualFold(name, proper+suffix) {
				return whole, true
			}
		}
	}
	return "", false
}

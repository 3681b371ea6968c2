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

// operators are those of "IAM JSON policy elements: Condition operators", in
// lower case. ArnEquals and ArnLike behave identically.
var operators = map[string]operator{
	"stringequals":              {kind: opStringEquals},
	"stringnotequals":           {kind: opStringEquals, negated: true},
	"stringequalsignorecase":    {kind: opStringEqualsIgnoreCase},
	"stringnotequalsignorecase": {kind: opStringEqualsIgnoreCase, negated: true},
	"stringlike":                {kind: opStringLike},
	"stringnotlike":             {kind: opStringLike, negated: true},
	"numericequals":             {kind: opNumeric},
	"numericnotequals":          {kind: opNumeric, negated: true},
	"numericlessthan":           {kind: opNumeric, relation: less},
	"numericlessthanequals":     {kind: opNumeric, relation: lessOrEqual},
	"numericgreaterthan":        {kind: opNumeric, relation: greater},
	"numericgreaterthanequals":  {kind: opNumeric, relation: greaterOrEqual},
	"dateequals":                {kind: opDate},
	"datenotequals":             {kind: opDate, negated: true},
	"datelessthan":              {kind: opDate, relation: less},
	"datelessthanequals":        {kind: opDate, relation: lessOrEqual},
	"dategreaterthan":           {kind: opDate, relation: greater},
	"dategreaterthanequals":     {kind: opDate, relation: greaterOrEqual},
	"bool":                      {kind: opBool},
	"binaryequals":              {kind: opBinary},
	"ipaddress":                 {kind: opIP},
	"notipaddress":              {kind: opIP, negated: true},
	"arnequals":                 {kind: opArn},
	"arnnotequals":              {kind: opArn, negated: true},
	"arnlike":                   {kind: opArn},
	"arnnotlike":                {kind: opArn, negated: true},
	"null":                      {kind: opNull},
}

// parseOperator takes an operator's name apart. Case does not matter.
func parseOperator(name string) (operator, bool) {
	var qualifier set
	if head, rest, found := cutColon(name); found {
		switch {
		case strings.EqualFold(head, "ForAllValues"):
			qualifier = forAllValues
		case strings.EqualFold(head, "ForAnyValue"):
			qualifier = forAnyValue
		default:
			return operator{}, false
		}
		name = rest
	}
	ifExists := false
	const suffix = "IfExists"
	if n := len(name) - len(suffix); n > 0 && strings.EqualFold(name[n:], suffix) {
		name, ifExists = name[:n], true
	}
	var buf [32]byte
	op, ok := operators[string(appendLower(buf[:0], name))]
	// Null asks for existence itself: neither suffix nor set makes sense.
	if !ok || op.kind == opNull && (ifExists || qualifier != noSet) {
		return operator{}, false
	}
	op.set, op.ifExists = qualifier, ifExists
	return op, true
}

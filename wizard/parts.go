package wizard

import "slices"

// PartsKey is the key of the question who will use the role (D15). It is
// asked like a field and is none: no flag, no variable, nothing in a file.
// What follows from the answer are the settings access, trusted_principal and
// managed_by.
const PartsKey = "parts"

// The answers to the question who will use the role.
const (
	PartVendor = "vendor" // the CMS alone, from its own AWS account
	PartBoth   = "both"   // the CMS, and this program with the caller's account
	PartCaller = "caller" // this program alone
	// PartAsSet stands for three settings that fit none of the answers, as
	// flags, files and older drafts have them. They stay as they are until
	// another answer is chosen.
	PartAsSet = "as-set"
)

// Part is what follows from an answer to the question who will use the role.
type Part struct {
	ID        string
	Access    string // "role" or "caller"
	ManagedBy string // "mediadock" or "service"
	// Vendor is set where the role trusts the vendor's account, which has to
	// be entered then; otherwise it trusts the caller's own.
	Vendor bool
}

// roleParts are the answers for a service that assumes a role.
var roleParts = []Part{
	{ID: PartVendor, Access: "caller", ManagedBy: "service", Vendor: true},
	{ID: PartBoth, Access: "role", ManagedBy: "service", Vendor: true},
	{ID: PartCaller, Access: "role", ManagedBy: "mediadock"},
}

// decided are the settings that follow from the answer.
var decided = []string{"access", "trusted_principal", "managed_by"}

// Undecided tells that nothing says yet who will use the role: neither of the
// settings that every answer sets is there.
func Undecided(s Settings) bool { return s.Access == "" && s.ManagedBy == "" }

// PartOf is the answer that settings amount to: one of the integration's,
// PartAsSet, or empty while nothing was answered.
func PartOf(s Settings) string {
	if Undecided(s) {
		return ""
	}
	s = Defaults(s)
	for _, p := range offered(s.Integration).Parts {
		// A vendor whose account is not entered yet is the vendor all the same.
		if p.Access == s.Access && p.ManagedBy == s.ManagedBy && (p.Vendor || s.TrustedPrincipal == "") {
			return p.ID
		}
	}
	return PartAsSet
}

func (in Integration) part(id string) (Part, bool) {
	i := slices.IndexFunc(in.Parts, func(p Part) bool { return p.ID == id })
	if i < 0 {
		return Part{}, false
	}
	return in.Parts[i], true
}

// parts is the state of the question in a Flow.
type parts struct {
	answer string // an ID, empty while nothing was answered
	// given are the three settings as they came in, and vendor is the account
	// that was entered: an answer that does without them does not lose them.
	given  map[string]string
	vendor string
}

// begin takes what is known when the flow begins.
func (f *Flow) begin(s Settings) {
	f.parts.answer = PartOf(s)
	if f.parts.answer == "" && f.asksParts() {
		f.raw["access"], f.raw["managed_by"] = "", "" // no default answers for anybody
	}
	f.parts.given = map[string]string{}
	for _, key := range decided {
		f.parts.given[key] = f.raw[key]
	}
	f.parts.vendor = f.raw["trusted_principal"]
}

// answer puts what follows from an answer. Empty changes nothing.
func (f *Flow) answer(id string) *FieldError {
	if id == "" || id == f.parts.answer {
		return nil
	}
	if v := f.raw["trusted_principal"]; v != "" {
		f.parts.vendor = v
	}
	p, ok := f.integration().part(id)
	switch {
	case ok:
		f.raw["access"], f.raw["managed_by"], f.raw["trusted_principal"] = p.Access, p.ManagedBy, ""
		if p.Vendor {
			f.raw["trusted_principal"] = f.parts.vendor
		}
	case id == PartAsSet && f.wasSet():
		for key, v := range f.parts.given {
			f.raw[key] = v
		}
	default:
		return problem("parts.unknown").args("value", brief(id))
	}
	f.parts.answer = id
	return nil
}

// wasSet tells whether the flow began with settings that fit none of the
// answers.
func (f *Flow) wasSet() bool {
	s := f.Settings()
	for key, v := range f.parts.given {
		Set(&s, key, v)
	}
	return PartOf(s) == PartAsSet
}

// choices are the answers; the settings as they came in are one where they
// fit none of the others.
func (f *Flow) choices(Settings) []Choice {
	in := f.integration()
	var all []Choice
	for _, p := range in.Parts {
		all = append(all, Choice{Value: p.ID, Args: map[string]string{"service": in.Name}})
	}
	if f.wasSet() {
		args := map[string]string{"service": in.Name, "trusted_principal": "-"}
		for key, v := range f.parts.given {
			if v != "" {
				args[key] = v
			}
		}
		all = append(all, Choice{Value: PartAsSet, Args: args})
	}
	return all
}

// asksParts tells whether the integration asks the question at all.
func (f *Flow) asksParts() bool { return len(f.integration().Parts) > 0 }

// asksVendor tells whether the account that the role trusts is asked for.
func (f *Flow) asksVendor() bool {
	p, ok := f.integration().part(f.parts.answer)
	return ok && p.Vendor || f.parts.answer == PartAsSet || !f.asksParts()
}

// needsVendor tells whether it has to be there.
func (f *Flow) needsVendor() bool {
	return f.asksParts() && f.asksVendor() && f.parts.answer != PartAsSet
}

// partsProblem is what is wrong with the settings that follow from the
// answer, where no other question shows it.
func (f *Flow) partsProblem() *FieldError {
	for _, key := range []string{"access", "managed_by"} {
		if _, _, err := CheckField(key, f.raw[key], f.Settings()); f.raw[key] != "" && err != nil {
			return err
		}
	}
	return nil
}

// partsMissing are the answers that are not there yet.
func (f *Flow) partsMissing() []FieldError {
	switch {
	case f.asksParts() && f.parts.answer == "":
		return []FieldError{*problem("parts.missing")}
	case f.needsVendor():
		if v, _ := clean("trusted_principal", f.raw["trusted_principal"]); v == "" {
			return []FieldError{*problem("trusted_principal.missing")}
		}
	}
	return nil
}

package wizard

import "slices"

// Change is one setting that differs between two versions.
type Change struct {
	Key      string
	Old, New string
	Locked   string // Locked, Rotate or Free: what D3 says of the setting
}

// Diff lists what differs, in the order of Fields.
func Diff(old, new Settings) []Change {
	var changes []Change
	for _, f := range allFields {
		if a, b := Get(old, f.Key), Get(new, f.Key); a != b {
			changes = append(changes, Change{f.Key, a, b, f.Locked})
		}
	}
	return changes
}

// Equal tells whether two versions mean the same: empty settings count as
// their defaults.
func Equal(a, b Settings) bool { return Defaults(a) == Defaults(b) }

// LockedBy tells whether one of the changes is of that class: Locked for what
// media forbid, Rotate for what needs a whole connection test.
func LockedBy(changes []Change, class string) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Locked == class })
}

// KeysOf lists the keys of the changes of a class, in the order of Fields.
func KeysOf(changes []Change, class string) []string {
	var keys []string
	for _, c := range changes {
		if c.Locked == class {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

// untested are the settings that the connection test proves nothing about:
// another value of theirs is as good as the one that was tested.
var untested = []string{"trusted_principal", "fix_file_names", "distribution", "managed_by", "notes"}

// NeedsTest tells whether one of the changes is of something that the
// connection test proves, so that an earlier test says nothing any more.
func NeedsTest(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return !slices.Contains(untested, c.Key) })
}

// Apply puts values by key over settings, normalises and validates the whole.
// Keys that are not settings are ignored. It is what flags, variables and
// files go through.
func Apply(base Settings, values map[string]string) (Settings, []Notice, []FieldError) {
	s := base
	var problems []FieldError
	for _, f := range allFields {
		v, given := values[f.Key]
		if !given {
			continue
		}
		if f.Kind == Toggle { // the only kind that cannot keep what is wrong
			if _, _, err := checkAlone(f.Key, v, s); err != nil {
				problems = append(problems, *err)
			}
		}
		Set(&s, f.Key, v)
	}
	s, notices := Normalise(Defaults(s))
	problems = append(problems, Validate(s)...)
	inOrder(problems)
	return s, notices, problems
}

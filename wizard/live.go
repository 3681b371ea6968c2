package wizard

// Live is what follows from an answer while it is being given: the text
// "live.<ID>", filled by Args.
type Live struct {
	ID   string
	Args map[string]string
}

// LiveOf is what follows from the answers so far to a setting of the
// integration that is chosen; ok is false where there is nothing to say. It is
// quick, and asks nothing of anybody.
func LiveOf(s Settings, key string) (live Live, ok bool) {
	in := offered(s.Integration)
	if in.live == nil {
		return Live{}, false
	}
	return in.live(s, key)
}

// good is a value that is there and valid.
func good(s Settings, key string) bool {
	v := Get(s, key)
	if v == "" {
		return false
	}
	_, _, err := checkAlone(key, v, s)
	return err == nil
}

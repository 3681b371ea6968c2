package wizard

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// plainYAML matches values that YAML reads as the very text, quoted or not.
var plainYAML = lazyregexp.New(`^[A-Za-z][A-Za-z0-9_./+=@-]*(:[A-Za-z0-9_./+=@:-]*[A-Za-z0-9/])?$`)

// yamlWords are texts that YAML reads as something else.
var yamlWords = lazyregexp.New(`(?i)^(true|false|yes|no|on|off|y|n|null|inf|nan)$`)

// ToFile writes settings as YAML that FromFile reads back to the very same
// values. Empty settings are left out, and so is the external ID unless
// withExternalID says otherwise. extra are pairs of key and value to precede
// the settings.
func ToFile(s Settings, withExternalID bool, extra ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "schema: %d\n", Schema)
	for i := 0; i < len(extra); i += 2 {
		writeYAML(&b, extra[i], extra[i+1])
	}
	for _, f := range allFields {
		if f.Key == "external_id" && !withExternalID {
			continue
		}
		writeField(&b, f, Get(s, f.Key))
	}
	return []byte(b.String())
}

// writeField writes a setting as files have it: lists and tables as YAML of
// their own, plain values as writeYAML does.
func writeField(b *strings.Builder, f Field, value string) {
	switch {
	case value == "":
	case f.Kind == Several:
		fmt.Fprintf(b, "%s:\n", f.Key)
		for _, v := range List(value).Values() {
			fmt.Fprintf(b, "  - %s\n", quoteYAML(v))
		}
	case f.Kind == Table && json.Valid([]byte(value)): // YAML reads JSON
		fmt.Fprintf(b, "%s: %s\n", f.Key, value)
	default:
		writeYAML(b, f.Key, value)
	}
}

func writeYAML(b *strings.Builder, key, value string) {
	toggle := value == "true" || value == "false"
	switch {
	case value == "":
	case toggle || plainYAML.MatchString(value) && !yamlWords.MatchString(value):
		fmt.Fprintf(b, "%s: %s\n", key, value)
	default:
		fmt.Fprintf(b, "%s: %s\n", key, quoteYAML(value))
	}
}

// quoteYAML quotes a text as both YAML and JSON read it. What is not UTF-8
// becomes the replacement character.
func quoteYAML(v string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range v {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x10000 && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || unicode.IsSpace(r) && r != ' '):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

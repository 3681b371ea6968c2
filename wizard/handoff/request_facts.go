package handoff

import "github.com/mediadock/mediadock/wizard"

// facts are what the administrator of the AWS side has to know about running
// it, out of what everybody has to.
func (r request) facts() {
	r.b.WriteString("## " + r.say("know.owner.title", nil) + "\n\n")
	for _, f := range wizard.Facts(r.p.Settings) {
		if !f.Owner {
			continue
		}
		for k, v := range f.Args {
			f.Args[k] = code(v)
		}
		r.b.WriteString("- " + f.Words(r.say) + "\n")
	}
	r.b.WriteString("\n")
}

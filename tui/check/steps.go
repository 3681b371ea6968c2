package check

import (
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
)

// Of several steps one is under a mark. What is copied or written is of that
// step; where it has no such thing, of the next one that has, else of the one
// before, and the mark goes there.

// steps are those of the cause under the cursor.
func (p *page) steps() []report.Step { return report.Steps(p.fixes()) }

// has finds the step whose thing is to be taken, -1 where none has it.
func (p *page) has(it func(diagnose.Fix) bool) int {
	fixes := p.fixes()
	for i := p.step; i < len(fixes); i++ {
		if it(fixes[i]) {
			return i
		}
	}
	for i := min(p.step, len(fixes)) - 1; i >= 0; i-- {
		if it(fixes[i]) {
			return i
		}
	}
	return -1
}

func hasDocument(f diagnose.Fix) bool { return len(f.Document) > 0 }
func hasCommand(f diagnose.Fix) bool  { return f.Command != "" }
func hasLink(f diagnose.Fix) bool     { return f.ConsoleURL != "" }

// take puts the mark on the step that has it, and gives its fix.
func (p *page) take(it func(diagnose.Fix) bool) diagnose.Fix {
	i := p.has(it)
	if i < 0 {
		return diagnose.Fix{}
	}
	p.mark(i)
	return p.fixes()[i]
}

// mark goes to step i and shows it.
func (p *page) mark(i int) {
	if p.step == i {
		return
	}
	p.step = i
	if i >= len(p.starts) {
		return
	}
	from, to := p.starts[i], p.lines
	if i+1 < len(p.starts) {
		to = p.starts[i+1]
	}
	if from < p.top || min(to, from+3) > p.top+p.room-1 {
		p.top = from - 1
		p.settle()
	}
}

// nextStep goes to the next step, after the last one to the first.
func (p *page) nextStep() {
	if n := len(p.fixes()); n > 1 {
		p.mark((p.step + 1) % n)
	}
}

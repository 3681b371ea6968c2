package tui

import (
	"bufio"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// showPlain hands the terminal to a plain print of the text until Enter.
func showPlain(p screen.Plain) tea.Cmd {
	return tea.Exec(&plainPrint{Plain: p}, func(error) tea.Msg { return nil })
}

// plainPrint is a tea.ExecCommand: the program has left the alternate screen
// and cooked the terminal while it runs.
type plainPrint struct {
	screen.Plain
	in  io.Reader
	out io.Writer
}

func (p *plainPrint) SetStdin(r io.Reader)  { p.in = r }
func (p *plainPrint) SetStdout(w io.Writer) { p.out = w }
func (p *plainPrint) SetStderr(io.Writer)   {}

// Run prints, and waits for a line.
func (p *plainPrint) Run() error {
	if _, err := fmt.Fprintf(p.out, "\n%s\n\n%s\n", text.SafeLines(p.Text), p.Back); err != nil {
		return err
	}
	_, err := bufio.NewReader(p.in).ReadString('\n')
	if err == io.EOF {
		return nil
	}
	return err
}

// Package tuitest drives the UI without a terminal: it presses keys, lets the
// commands work, and reads the grid of cells that a terminal would show. It
// also has a world in memory to drive it against.
package tuitest

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/keys"
)

var update = flag.Bool("update", false, "write the golden files anew")

// deadline bounds every wait, so that a test that waits for what never comes
// says what it saw instead.
const deadline = time.Minute

// Driver holds a running model. Use it from one goroutine.
type Driver struct {
	t     testing.TB
	model tea.Model
	W, H  int

	msgs        chan tea.Msg
	outstanding int
	// Quit is true once the model has ended the program.
	Quit bool
	// Clipboard is what was sent to the terminal's clipboard, oldest first.
	Clipboard []string
	// Printed is what was shown outside the screen, oldest first.
	Printed []string
}

// Start runs a model in a window of w by h cells and waits until it rests.
func Start(t testing.TB, m tea.Model, w, h int) *Driver {
	t.Helper()
	d := Open(t, m, w, h)
	d.Settle()
	return d
}

// Open runs a model in a window of w by h cells and does not wait.
func Open(t testing.TB, m tea.Model, w, h int) *Driver {
	d := &Driver{t: t, model: m, W: w, H: h, msgs: make(chan tea.Msg, 1024)}
	d.run(m.Init())
	d.Send(tea.BackgroundColorMsg{})
	d.Resize(w, h)
	return d
}

// Send gives a message to the model.
func (d *Driver) Send(msg tea.Msg) {
	if msg == nil || d.Quit {
		return
	}
	var cmd tea.Cmd
	d.model, cmd = d.model.Update(msg)
	d.model.View() // as the program does after every message
	d.run(cmd)
}

// run works a command in a goroutine of its own, as the program does.
func (d *Driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	d.outstanding++
	go func() { d.msgs <- result{cmd()} }()
}

type result struct{ msg tea.Msg }

// take handles one finished command.
func (d *Driver) take(r result) {
	d.outstanding--
	switch m := r.msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.Quit = true
	case tea.BatchMsg:
		for _, c := range m {
			d.run(c)
		}
	default:
		v := reflect.ValueOf(m)
		switch {
		case v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd](): // a sequence
			for i := range v.Len() {
				d.run(v.Index(i).Interface().(tea.Cmd))
			}
		case v.Type().PkgPath() == "charm.land/bubbletea/v2" && v.Type().Name() == "execMsg":
			d.exec(v)
		case v.Type().PkgPath() == "charm.land/bubbletea/v2" && v.Type().Name() == "setClipboardMsg":
			d.Clipboard = append(d.Clipboard, v.String())
		default:
			d.Send(m)
		}
	}
}

// exec runs what takes the terminal for itself; the person presses Enter at
// once.
func (d *Driver) exec(msg reflect.Value) {
	copied := reflect.New(msg.Type()).Elem() // its fields are not exported: read through an address
	copied.Set(msg)
	field := copied.FieldByName("cmd")
	cmd := reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem().Interface().(tea.ExecCommand)
	var out strings.Builder
	cmd.SetStdin(strings.NewReader("\n"))
	cmd.SetStdout(&out)
	if err := cmd.Run(); err != nil {
		d.t.Error(err)
	}
	d.Printed = append(d.Printed, out.String())
}

// Settle waits until no command is at work.
func (d *Driver) Settle() {
	d.t.Helper()
	d.until("nothing is at work", func() bool { return d.outstanding == 0 })
}

// See waits until every part is on the screen.
func (d *Driver) See(parts ...string) {
	d.t.Helper()
	for _, p := range parts {
		d.until("to see "+p, func() bool { return strings.Contains(d.Grid(), p) })
	}
}

// NotSee waits until none of the parts is on the screen.
func (d *Driver) NotSee(parts ...string) {
	d.t.Helper()
	for _, p := range parts {
		d.until("not to see "+p, func() bool { return !strings.Contains(d.Grid(), p) })
	}
}

// outside is what reaches a model from beside the loop, nil where nothing
// does.
func (d *Driver) outside() <-chan caller.Message {
	if m, ok := d.model.(interface{ Outside() <-chan caller.Message }); ok {
		return m.Outside()
	}
	return nil
}

func (d *Driver) until(what string, ok func() bool) {
	d.t.Helper()
	timeout := time.NewTimer(deadline)
	defer timeout.Stop()
	for !ok() {
		select {
		case m := <-d.msgs:
			d.take(m.(result))
		case m := <-d.outside():
			d.Send(m)
		case <-timeout.C:
			d.t.Fatalf("waited in vain: %s; on the screen:\n%s", what, d.Grid())
		}
	}
}

// Release lets one thing through a gate of the fake world, handling what
// finishes meanwhile.
func (d *Driver) Release(gate chan<- struct{}) {
	d.t.Helper()
	timeout := time.NewTimer(deadline)
	defer timeout.Stop()
	for {
		select {
		case gate <- struct{}{}:
			return
		case m := <-d.msgs:
			d.take(m.(result))
		case m := <-d.outside():
			d.Send(m)
		case <-timeout.C:
			d.t.Fatalf("nothing waits at the gate; on the screen:\n%s", d.Grid())
		}
	}
}

// Poll handles what has finished meanwhile and does not wait.
func (d *Driver) Poll() {
	for {
		select {
		case m := <-d.msgs:
			d.take(m.(result))
		case m := <-d.outside():
			d.Send(m)
		default:
			return
		}
	}
}

// Press presses keys by the names that bubbletea gives them: "enter",
// "ctrl+o", "shift+tab", "space", "x".
func (d *Driver) Press(keys ...string) {
	for _, k := range keys {
		d.Send(Key(k))
	}
}

// Type types text, character by character.
func (d *Driver) Type(s string) {
	for _, r := range s {
		d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Paste pastes text as a terminal does.
func (d *Driver) Paste(s string) { d.Send(tea.PasteMsg{Content: s}) }

// Resize changes the window.
func (d *Driver) Resize(w, h int) {
	d.W, d.H = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Model is the model as it is now.
func (d *Driver) Model() tea.Model { return d.model }

// View is what is drawn now, with styles.
func (d *Driver) View() tea.View { return d.model.View() }

// Grid is the text of the cells, line by line, without styles and without
// blanks at the ends of lines.
func (d *Driver) Grid() string { return Grid(d.View().Content, d.W, d.H) }

// Grid draws styled content into w by h cells and returns their text.
func Grid(content string, w, h int) string {
	buf := uv.NewScreenBuffer(w, h)
	uv.NewStyledString(content).Draw(buf, buf.Bounds())
	lines := strings.Split(ansi.Strip(buf.Render()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return strings.Join(lines, "\n")
}

// Golden compares the grid with testdata/NAME.txt; -update writes it.
func (d *Driver) Golden(name string) {
	d.t.Helper()
	d.Settle()
	d.GoldenNow(name)
}

// GoldenNow is Golden while something is at work.
func (d *Driver) GoldenNow(name string) {
	d.t.Helper()
	d.Fits()
	got := d.Grid() + "\n"
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	if got != string(want) {
		d.t.Errorf("%s differs.\n--- got\n%s\n--- want\n%s", file, got, want)
	}
}

// Fits fails when something is drawn beyond the window.
func (d *Driver) Fits() {
	d.t.Helper()
	v := d.View()
	if v.Content == "" {
		return
	}
	lines := strings.Split(v.Content, "\n")
	if len(lines) > d.H {
		d.t.Errorf("%d lines drawn in a window of %d:\n%s", len(lines), d.H, d.Grid())
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > d.W {
			d.t.Errorf("line %d is %d cells wide in a window of %d: %q", i+1, n, d.W, ansi.Strip(l))
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= d.W || c.Y >= d.H) {
		d.t.Errorf("the cursor is at %d,%d in a window of %d x %d", c.X, c.Y, d.W, d.H)
	}
}

// Key makes the message of a key from its name.
func Key(name string) tea.KeyPressMsg { return keys.Press(name) }

// Click presses the left button of the mouse on the first cell of what is on
// the screen, at its last place.
func (d *Driver) Click(what string) {
	d.t.Helper()
	x, y, ok := d.find(what)
	if !ok {
		d.t.Fatalf("%s is not on the screen:\n%s", what, d.Grid())
	}
	d.ClickAt(x, y)
}

// ClickAt presses and releases the left button on a cell.
func (d *Driver) ClickAt(x, y int) {
	at := tea.Mouse{X: x, Y: y, Button: tea.MouseLeft}
	d.Send(tea.MouseClickMsg(at))
	d.Send(tea.MouseReleaseMsg(at))
}

// Wheel turns the wheel so many times, downwards where it is more than none.
func (d *Driver) Wheel(turns int) {
	d.WheelAt(d.W/2, d.H/2, turns)
}

// WheelAt turns the wheel so many times above a cell, downwards where it is
// more than none.
func (d *Driver) WheelAt(x, y, turns int) {
	b := tea.MouseWheelDown
	if turns < 0 {
		b, turns = tea.MouseWheelUp, -turns
	}
	for range turns {
		d.Send(tea.MouseWheelMsg(tea.Mouse{X: x, Y: y, Button: b}))
	}
}

// find is the cell where a text begins, at its last place.
func (d *Driver) find(what string) (x, y int, ok bool) {
	for i, l := range strings.Split(d.Grid(), "\n") {
		if at := strings.LastIndex(l, what); at >= 0 {
			x, y, ok = ansi.StringWidth(l[:at]), i, true
		}
	}
	return x, y, ok
}

package media

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/remote"
)

// ImportOptions say where to, from where, and how.
type ImportOptions struct {
	To           string
	IfExists     IfExists
	RandomSuffix bool
	// Privacy says what becomes of what files tell beside their content (B10).
	Privacy Privacy
	// FixNames gives the files better names where they need one (B9). What a
	// list names explicitly stays.
	FixNames bool
	// Before decides about each file that has come, before it is stored: it is
	// given all that is known of it, and called for one file at a time, not for
	// a preview. An error is that item's. nil: as Privacy says.
	Before func(ctx context.Context, item PutItem) (ImportChoice, error)
	// Taken decides about a file that has come and whose name the bucket has,
	// with other content, where IfExists is Fail: names are known only once the
	// servers have answered. It is called for one file at a time, never for a
	// preview. Skip leaves the file out, since it is known to be another one; an
	// error is that item's. nil: such files are refused.
	Taken func(ctx context.Context, item PutItem) (IfExists, error)
	// Fetch says what may be reached.
	Fetch remote.Options
	// PerHost is how many downloads run at once from one host; 0 is 4.
	PerHost int
	// Attempts is how often a download is tried; 0 is 5. Pause is what passes
	// before the second try, twice as much before each further one; 0 is 1 s.
	Attempts int
	Pause    time.Duration
	// StateFile keeps what was imported, so that another run goes on where
	// this one ends; empty: nothing is kept. Again imports also what an
	// earlier run did.
	StateFile string
	Again     bool
	// TempDir holds downloads until they are uploaded; empty: the system's.
	TempDir string
}

// ImportPlan is what an import will do, as far as can be known without asking
// the servers. Close it in the end.
type ImportPlan struct {
	Items []ImportItem
	// Earlier counts items that an earlier run imported.
	Earlier int
	// Control reaches into the import while it runs; nil: nobody does.
	Control *Control
	o       ImportOptions
	to      string
	looked  time.Time
	state   *importState
}

// ImportItem is one URL of an import.
type ImportItem struct {
	Source ImportSource
	// From is the URL as it may be shown: without what signs it.
	From string
	// Path is the name that the URL tells. The server or the type of the file
	// may change it, unless Source.Path or an earlier run has decided it.
	Path  string
	Exact bool
	// Original tells that parameters which would change the image were left
	// out of the URL, so that the file comes as it was uploaded.
	Original bool
	// Twin tells that an earlier item has the same Path.
	Twin bool
	// First is the item with the same URL, where Code is CodeRepeated.
	First int
	// Code says why nothing will be imported; empty: it will be.
	Code string
	Err  error

	url    *url.URL
	id     string // of the URL, for the state
	begun  bool   // an earlier run had begun to store it under Path
	stored Item   // what is there, of items that were imported before
	put    PutItem
	twin   Note
}

// Close gives the state up, and other processes may import into the folder.
func (p *ImportPlan) Close() {
	if p.state != nil {
		p.state.close()
	}
}

// PlanImport reads URLs, names what they bring and looks at the bucket, but
// asks none of the servers. Errors of single URLs are with their items.
func (l *Library) PlanImport(ctx context.Context, sources []ImportSource, o ImportOptions) (*ImportPlan, error) {
	if err := l.mayWrite(o.To); err != nil {
		return nil, err
	}
	to := newFolder(o.To)
	if to != "" {
		if err := l.space.CheckName(strings.TrimSuffix(to, "/")); err != nil {
			return nil, nameError(err)
		}
		if err := l.checkFolder(ctx, to); err != nil {
			return nil, err
		}
	}
	if o.IfExists == "" {
		o.IfExists = Fail
	}
	o.Privacy = l.privacyOr(o.Privacy)
	if o.Fetch.Roots == nil && o.Fetch.Proxy == nil {
		o.Fetch.Roots, o.Fetch.Proxy = l.o.Remote.Roots, l.o.Remote.Proxy
	}
	p := &ImportPlan{o: o, to: to, Items: make([]ImportItem, len(sources)), looked: time.Now()}
	if o.StateFile != "" {
		state, err := openImportState(o.StateFile)
		if err != nil {
			return nil, err
		}
		p.state = state
	}
	client := remote.New(o.Fetch)
	defer client.Close()
	for i, s := range sources {
		p.Items[i] = l.importItem(client, to, s, o.FixNames)
	}
	p.repeated()
	if err := l.known(ctx, p); err != nil {
		p.Close()
		return nil, err
	}
	p.noteTwins(l.neighbours(ctx, p.paths()))
	p.twins()
	if err := l.predict(ctx, p); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// importItem reads one URL.
func (l *Library) importItem(client *remote.Client, to string, s ImportSource, fix bool) ImportItem {
	item := ImportItem{Source: s}
	u, err := remote.Parse(s.URL)
	if err == nil {
		u, item.Original = original(u)
		item.From, item.url, item.id = remote.Shown(u), u, importID(u)
		err = client.Check(u)
	}
	if err != nil {
		item.refuse(fetchError(err))
		if item.From == "" {
			item.From = fetchError(err).Path
		}
		return item
	}
	wanted := address.NFC(strings.TrimPrefix(s.Path, "/"))
	switch {
	case wanted == "":
		item.Path = to + urlName(u)
	case strings.HasSuffix(wanted, "/"):
		item.Path = to + wanted + urlName(u)
	default:
		item.Path, item.Exact = to+wanted, true
	}
	if folder := item.folder(); fix && !item.Exact {
		item.Path = l.fixForeign(folder, item.Path[len(folder):], &PutItem{})
	}
	if name := strings.TrimSuffix(item.Path, "/"); name != "" {
		if err := l.space.CheckName(name); err != nil {
			item.refuse(nameError(err))
		}
	}
	return item
}

func (i *ImportItem) refuse(e *Error) { i.Code, i.Err = e.Code, e }

// folder is where the item goes whatever its name.
func (i *ImportItem) folder() string { return i.Path[:strings.LastIndexByte(i.Path, '/')+1] }

// repeated finds URLs that the list has twice for the same place.
func (p *ImportPlan) repeated() {
	seen := make(map[string]int, len(p.Items))
	for i := range p.Items {
		item := &p.Items[i]
		if item.Code != "" {
			continue
		}
		key := item.stateKey()
		if first, ok := seen[key]; ok {
			item.Code, item.First = CodeRepeated, first
			continue
		}
		seen[key] = i
	}
}

// known finds the items that an earlier run has imported and that are still
// as it left them, and gives those that it had begun the names it chose.
func (l *Library) known(ctx context.Context, p *ImportPlan) error {
	if p.state == nil {
		return nil
	}
	var put []PutItem
	var at []int
	for i := range p.Items {
		item := &p.Items[i]
		r, ok := p.state.of(item.stateKey())
		if !ok || item.Code != "" || p.o.Again && r.State == importDone {
			continue
		}
		if !strings.HasPrefix(r.Path, item.folder()) {
			continue
		}
		item.Path, item.Exact, item.begun = r.Path, true, r.State == importBegun
		if r.State == importDone {
			file := PutItem{}
			l.name(&file, r.Path)
			put, at = append(put, file), append(at, i)
		}
	}
	if err := l.lookAt(ctx, put); err != nil {
		return err
	}
	for n, file := range put {
		item := &p.Items[at[n]]
		r, _ := p.state.of(item.stateKey())
		if file.Exists && file.Old.ETag == r.ETag && file.Old.Size == r.Size {
			item.Code, item.stored = CodeImported, file.Old
			p.Earlier++
		}
	}
	return nil
}

// twins finds items whose URLs tell the same name.
func (p *ImportPlan) twins() {
	seen := make(map[string]bool, len(p.Items))
	for i := range p.Items {
		item := &p.Items[i]
		if item.Code != "" && item.Code != CodeImported {
			continue
		}
		item.Twin = seen[item.Path] && !item.begun
		seen[item.Path] = true
	}
}

// predict looks at the names that items are likely to get, all at once.
func (l *Library) predict(ctx context.Context, p *ImportPlan) error {
	var put []PutItem
	var at []int
	for i := range p.Items {
		item := &p.Items[i]
		if item.Code != "" || p.o.RandomSuffix || strings.HasSuffix(item.Path, "/") || item.Path == "" {
			continue
		}
		file := PutItem{}
		l.name(&file, item.Path)
		put, at = append(put, file), append(at, i)
	}
	if err := l.lookAt(ctx, put); err != nil {
		return err
	}
	for n, i := range at {
		p.Items[i].put = put[n]
	}
	return nil
}

// ErrImportBusy is in the error of a plan while another process imports into
// the same folder.
var ErrImportBusy = errors.New("another process imports into this folder")

// Plain tells that the URL is fetched without encryption.
func (i ImportItem) Plain() bool { return i.url != nil && i.url.Scheme == "http" }

// Old is the URL for a table of old to new: as it was written, unless it
// carries what signs it.
func (i ImportItem) Old() string {
	if i.url == nil || remote.Secret(i.url) {
		return i.From
	}
	return strings.TrimSpace(i.Source.URL)
}

// Proxied is the proxy that any of the items is fetched through, without its
// password; empty where all are fetched directly.
func (p *ImportPlan) Proxied() string {
	if p.o.Fetch.Proxy == nil {
		return ""
	}
	for _, item := range p.Items {
		if item.Code != "" {
			continue
		}
		proxy, err := p.o.Fetch.Proxy(&http.Request{URL: item.url})
		if err == nil && proxy != nil {
			return proxy.Host
		}
	}
	return ""
}

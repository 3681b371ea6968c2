package wizard

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// DocumentRequest is the request to the administrator of the AWS side, the
// fourth of the documents that leave this program: the three policies are
// pasted into the console, the request is sent to whoever does that. How
// CloudFront reaches the bucket is no document of its own: it is a setting of
// the distribution, and the bucket policy is what it relies on.
const DocumentRequest = "handoff"

// PasteState says how far a document is on its way into AWS.
type PasteState string

// The states, from the beginning on.
const (
	PasteLacks  PasteState = "lacks"  // it needs answers that are missing or wrong
	PasteReady  PasteState = "ready"  // it can be pasted
	PasteMarked PasteState = "pasted" // a person says that it was pasted
	PasteAgain  PasteState = "again"  // it was, and has changed since
	PasteProved PasteState = "proved" // the last test shows that it is there
)

// Print tells one form of a document in one place from any other. The zero
// value is none.
type Print struct {
	Document string `yaml:"document,omitempty"` // digest of its content
	// Place is the role or the bucket; empty while there is no role yet.
	Place string `yaml:"place,omitempty"`
}

// PasteRecord is what is remembered of a document.
type PasteRecord struct {
	Pasted Print `yaml:"pasted,omitempty"` // as a person marked it
	Proved Print `yaml:"proved,omitempty"` // as a test found it
}

// Paste is where one of the documents stands.
type Paste struct {
	Kind    string // a kind of Document, the ID of a Piece, or DocumentRequest
	Piece   Piece  // of integrations other than microCMS
	State   PasteState
	Missing []string // the settings that it still needs
	Print   Print    // of the document as it is now; zero while it lacks something
}

// PasteKinds are microCMS's documents in the order in which they are needed.
func PasteKinds() []string {
	return []string{DocumentTrust, DocumentPermissions, DocumentBucket, DocumentRequest}
}

// Pastes tells of each document whether it can be pasted, and whether it was
// as far as is remembered. The request counts as proved once all that it asks
// for is.
func Pastes(s Settings, records map[string]PasteRecord) []Paste {
	all := unmarked(s)
	proved := 0
	for i := range all {
		p := &all[i]
		rec := records[p.Kind]
		switch {
		case len(p.Missing) > 0:
			p.State = PasteLacks
		case p.Kind == DocumentRequest && i > 0 && proved == i || rec.Proved.is(p.Print):
			p.State = PasteProved
			proved++
		case rec.Pasted.is(p.Print):
			p.State = PasteMarked
		case rec.Pasted != (Print{}) || rec.Proved != (Print{}):
			p.State = PasteAgain
		default:
			p.State = PasteReady
		}
	}
	return all
}

// unmarked are the documents, the request last, with nothing remembered.
func unmarked(s Settings) []Paste {
	if in, _ := IntegrationByID(Defaults(s).Integration); in.pieces != nil {
		return unmarkedPieces(s)
	}
	var all []Paste
	for _, kind := range PasteKinds() {
		p := Paste{Kind: kind}
		p.Print, p.Missing = PrintOf(s, kind)
		all = append(all, p)
	}
	return all
}

// is tells whether what was remembered is the document as it is now. One that
// was pasted into a role that was only being made belongs to whatever role
// came of it.
func (p Print) is(now Print) bool {
	return p.Document != "" && p.Document == now.Document && (p.Place == "" || p.Place == now.Place)
}

// PrintOf is the print of a document, by Paste's Kind, as the settings have
// it, or what it lacks.
func PrintOf(s Settings, kind string) (p Print, missing []string) {
	s, _ = Normalise(Defaults(s))
	if in, _ := IntegrationByID(s.Integration); in.pieces != nil {
		for _, p := range unmarkedPieces(s) {
			if p.Kind == kind {
				return p.Print, p.Missing
			}
		}
		return Print{}, nil
	}
	if kind == DocumentRequest {
		return printOfRequest(s)
	}
	doc, errs := PolicyDocument(s, kind, false)
	if len(errs) > 0 {
		return Print{}, fieldsOf(errs)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		return Print{}, nil
	}
	p = Print{Document: digest(data), Place: s.RoleARN}
	if kind == DocumentBucket {
		p.Place = s.Bucket
	}
	return p, nil
}

// printOfRequest is that of all three policies and what else the request
// holds.
func printOfRequest(s Settings) (p Print, missing []string) {
	errs := lacking(s, []string{"region"}, "domain")
	if s.RoleARN != "" { // it may still be to be made
		errs = append(errs, lacking(s, nil, "role_arn")...)
	}
	content := []byte(s.Region + "\n" + s.Domain + "\n")
	for _, kind := range PasteKinds()[:3] {
		doc, e := PolicyDocument(s, kind, false)
		errs = append(errs, newProblems(errs, e)...)
		data, err := json.Marshal(doc)
		if err == nil {
			content = append(content, data...)
		}
	}
	if len(errs) > 0 {
		inOrder(errs)
		return Print{}, fieldsOf(errs)
	}
	return Print{Document: digest(content), Place: s.RoleARN}, nil
}

func fieldsOf(errs []FieldError) []string {
	var keys []string
	for _, e := range errs {
		if !slices.Contains(keys, e.Field) {
			keys = append(keys, e.Field)
		}
	}
	return keys
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

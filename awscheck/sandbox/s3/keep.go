package s3

// What changes a bucket goes through these: it is written down first, where
// the server has a directory, and nothing has changed if that fails. The
// bucket's lock is held.

// set keeps e under key, and ends the upload that it came from, if any.
func (b *bucket) set(key string, e *entry, ended string) error {
	if b.disk != nil {
		c := change{Bucket: b.name, Key: &key, Ended: ended}
		settled, err := b.disk.settleEntry(e)
		if err != nil {
			return err
		}
		if e = settled; e != nil {
			for _, v := range e.versions {
				c.Versions = append(c.Versions, saveVersion(v))
			}
		}
		if err := b.disk.record(c); err != nil {
			return err
		}
	}
	b.index.put(key, e)
	return nil
}

// settleEntry is an entry whose bodies are in files.
func (d *disk) settleEntry(e *entry) (*entry, error) {
	if e == nil {
		return nil, nil
	}
	for _, v := range e.versions {
		body, err := d.settled(v.body)
		if err != nil {
			return nil, err
		}
		if body != v.body {
			moved := *v
			moved.body = body
			e = e.replaced(&moved)
		}
	}
	return e, nil
}

// begin keeps an upload.
func (b *bucket) begin(u *upload) error {
	if b.disk != nil {
		if err := b.disk.record(change{Bucket: b.name, Upload: saveUpload(u)}); err != nil {
			return err
		}
	}
	b.uploads[u.id] = u
	return nil
}

// setPart keeps a part of an upload.
func (b *bucket) setPart(u *upload, p *part) error {
	if b.disk != nil {
		body, err := b.disk.settled(p.body)
		if err != nil {
			return err
		}
		p.body = body
		if err := b.disk.record(change{Bucket: b.name, UploadID: u.id, Part: savePart(p)}); err != nil {
			return err
		}
	}
	u.parts[p.number] = p
	return nil
}

// endUpload writes down that an upload is no more.
func (b *bucket) endUpload(id string) error {
	if b.disk == nil {
		return nil
	}
	return b.disk.record(change{Bucket: b.name, Ended: id})
}

// reconfigure changes the bucket's configuration; it takes the lock itself.
func (b *bucket) reconfigure(edit func()) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	conf, unblock, cors := b.conf, b.unblock, b.cors
	edit()
	if b.disk == nil {
		return nil
	}
	if err := b.disk.record(change{Bucket: b.name, Conf: b.saveConf()}); err != nil {
		b.conf, b.unblock, b.cors = conf, unblock, cors
		return err
	}
	return nil
}

func (b *bucket) saveConf() *savedConf {
	saved := &savedConf{Bucket: b.conf, Unblock: b.unblock, CORS: b.cors}
	saved.Bucket.Objects, saved.Bucket.CORS = nil, nil
	return saved
}

func (b *bucket) loadConf(saved *savedConf) {
	objects := b.conf.Objects
	b.conf, b.unblock, b.cors = saved.Bucket, saved.Unblock, saved.CORS
	b.conf.Objects = objects
}

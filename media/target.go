package media

import (
	"context"
	"strings"
)

// checkFolder refuses to write into a folder that does not exist while a file
// has its name: "a.txt/photo.jpg" beside "a.txt" is a slip rather than a wish.
// Where both exist already, people have arranged it so. It asks once, unless
// there is such a file.
func (l *Library) checkFolder(ctx context.Context, folder string) error {
	name := strings.TrimSuffix(folder, "/")
	if name == "" {
		return nil
	}
	file, err := l.look(ctx, name)
	switch code := codeIn(err); {
	case err == nil && file == nil, code == CodeDeniedOrMissing: // whether there is one, nobody here may know
		return nil
	case err != nil && code != CodeDenied: // a file that may not be read is one, too
		return err
	}
	if there, err := l.isFolder(ctx, folder); err == nil && there {
		return nil
	}
	return refuse(CodeTargetFile, name)
}

// parentOf is the folder that a path lies in: "" or ending in a slash.
func parentOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[:strings.LastIndexByte(path, '/')+1]
}

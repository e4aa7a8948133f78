/** SQLite gives a text back only up to its first NUL, so a NUL becomes the sign for an unreadable character. */
export const storable = (text: string) => text.replaceAll('\0', '�')

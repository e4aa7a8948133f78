/** The web host: the services behind a loopback HTTP server, for headless boxes and plain browsers. */
console.log('corral')

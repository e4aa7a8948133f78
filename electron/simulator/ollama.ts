console.log('ollama version is 0.5.12')

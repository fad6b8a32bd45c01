import "monaco-editor/languages/definitions/yaml/register";

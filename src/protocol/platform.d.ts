// The only globals beside the language that the wire may use: every browser and Node has them.
declare function btoa(binary: string): string
declare function atob(base64: string): string

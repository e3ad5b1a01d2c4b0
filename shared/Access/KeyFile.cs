using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Access;

/// <summary>Writes key files so that a reader sees the old one or the new one, never half of one.</summary>
internal static class KeyFile
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts a file in its place in one step; where one is already and must stay, this one is dropped.</summary>
    public static void Place(string path, string content, bool secret, bool replace)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            Write(draft, content, secret ? Secret : Public);
            if (replace)
                File.Move(draft, path, overwrite: true);
            else if (Link(draft, path) != 0 && !File.Exists(path)) // where it exists somebody was faster; theirs counts
                throw new IOException($"{path} could not be made (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // File.Move looks first and moves then, and between the two somebody else can place theirs; a link is made or refused in one step.
    [DllImport("libc", EntryPoint = "link", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link(string existing, string made);

    public static bool AddKey(string path, string kid, string x, string y)
    {
        var jwks = File.Exists(path) ? Existing(path) : new JsonObject { ["keys"] = new JsonArray() };
        var keys = (JsonArray)jwks["keys"]!;
        if (keys.Any(key => key?["kid"]?.ToString() == kid))
            return false;
        keys.Add(PublicKey.Jwk(kid, x, y));
        Place(path, jwks.ToJsonString(Readable) + "\n", secret: false, replace: true);
        return true;
    }

    private static JsonObject Existing(string path)
    {
        var content = File.ReadAllBytes(path);
        try
        {
            Ring.Read(content); // the same rules as for reading: what the platform cannot use is not written over
        }
        catch (KeyFileException e)
        {
            throw new KeyFileException($"{path} {e.Message}; it is left as it is.");
        }

        return JsonNode.Parse(content)!.AsObject();
    }

    private static void Write(string path, string content, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(content));
        file.Flush(flushToDisk: true);
    }
}

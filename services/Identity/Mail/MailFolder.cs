using System.Text.Json;
using CrmPlatform.Hosting;

namespace CrmPlatform.Identity.Mail;

/// <summary>The folder mail goes to on a development machine, one JSON file each, and who reads it there.</summary>
internal sealed class MailFolder(Settings settings)
{
    private const int Most = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool IsSet => settings.Mail is not null;

    public async Task Put(Sent mail, CancellationToken stop)
    {
        Directory.CreateDirectory(settings.Mail!);
        var path = PathOf(mail.Id);
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(mail, Json), stop);
        File.Move(path + ".new", path, overwrite: true); // who looks sees a whole one
    }

    /// <summary>The newest mails, newest first.</summary>
    public IReadOnlyList<Sent> Newest() => !Directory.Exists(settings.Mail) ? [] :
        [.. Directory.EnumerateFiles(settings.Mail, "*.json").OrderDescending(StringComparer.Ordinal).Take(Most).Select(Read).OfType<Sent>()];

    public Sent? Find(Guid id) => Read(PathOf(id));

    // Ids begin with the time, so their order is the order of the mails.
    private string PathOf(Guid id) => Path.Combine(settings.Mail!, $"{id}.json");

    private static Sent? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<Sent>(File.ReadAllBytes(path), Json) : null;
}

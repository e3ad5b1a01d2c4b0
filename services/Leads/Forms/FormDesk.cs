using System.Diagnostics;
using System.Security.Cryptography;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CrmPlatform.Leads.Forms;

/// <summary>A form that is on the web, and whose it is.</summary>
internal sealed record FoundForm(Guid Tenant, Form Form, byte[] Secret);

/// <summary>Finds forms by what stands in their address, and opens sessions in which they take what is sent: nobody has a token here.</summary>
internal sealed class FormDesk(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Sessions sessions, TimeProvider clock)
{
    private const int SecretLength = 32, MostInAMinute = 10;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A form that is on the web; null where there is none.</summary>
    public async Task<FoundForm?> Find(string key, CancellationToken cancel)
    {
        if (await Place(key, cancel) is not var (tenant, id))
            return null;
        await using var session = Begin(tenant, null, null, cancel);
        if (await session.Find<Form>(id) is not { Published: true } form)
            return null;
        var secret = await session.Query<string>("select encode(secret, 'hex') from form_secret where tenant = @tenant and form_id = @id", new { id });
        if (secret.Count == 0)
            secret = await Enter(tenant, id, cancel);
        return new FoundForm(tenant, form, Convert.FromHexString(secret[0]));
    }

    /// <summary>A session in which a form acts.</summary>
    public Session Begin(Guid tenant, Form? form, string? address, CancellationToken cancel)
    {
        var actor = form is null ? new Actor(ActorKind.Platform, "forms", "Forms") : new Actor(ActorKind.Platform, $"{form.Id}", form.Name);
        return sessions.Begin(
            new Cause(actor with { Door = "form", Address = address }, tenant, Guid.CreateVersion7(Now), Activity.Current?.Id), cancel);
    }

    /// <summary>Whether an address may send a form once more in this minute. It counts whatever becomes of it, and for all processes alike.</summary>
    public async Task<bool> Admits(FoundForm found, string address, CancellationToken cancel)
    {
        await using var session = Begin(found.Tenant, null, null, cancel);
        var minute = new DateTimeOffset(Now.Ticks - Now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var attempts = (await session.Query<int>(
            """
            insert into form_attempt as a (tenant, form_id, address, minute, attempts) values (@tenant, @form, @address, @minute, 1)
            on conflict (tenant, form_id, address, minute) do update set attempts = a.attempts + 1 returning attempts
            """,
            new { form = found.Form.Id, address, minute }))[0];
        if (attempts == 1)
            await session.Execute("delete from form_attempt where tenant = @tenant and minute < @old", new { old = minute.AddHours(-1) });
        await session.Commit();
        return attempts <= MostInAMinute;
    }

    private async Task<(Guid Tenant, Guid Id)?> Place(string key, CancellationToken cancel)
    {
        if (key.Length is 0 or > 40)
            return null;
        await using var command = ops.CreateCommand("select tenant, id from form where key = $1 and published and deleted_at is null");
        command.Parameters.Add(new() { Value = key });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetGuid(0), row.GetGuid(1)) : null;
    }

    private async Task<List<string>> Enter(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var session = Begin(tenant, null, null, cancel);
        var known = await session.Query<string>(
            """
            insert into form_secret as s (tenant, form_id, secret) values (@tenant, @id, @secret)
            on conflict (tenant, form_id) do update set secret = s.secret returning encode(s.secret, 'hex')
            """,
            new { id, secret = RandomNumberGenerator.GetBytes(SecretLength) });
        await session.Commit();
        return known;
    }
}

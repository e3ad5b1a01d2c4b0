using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Bench;

/// <summary>
/// The ceiling: what ASP.NET and Npgsql can do with the same table and indexes when nothing is checked, remembered or told. Runs as a
/// process of its own, like what is measured against it.
/// </summary>
/// <remarks>Whole: with the tables of the contacts service, for the cost of entering a contact with everything it has.</remarks>
internal static class BareApi
{
    private sealed record Contact(Guid Id, string? FirstName, string LastName, string? Email, string? Phone, string? JobTitle, Guid? AccountId, string[]? Tags);

    public static async Task<int> Run(string address, string database, bool whole)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        await using var data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 });
        if (!whole)
            await Create(data);

        app.MapPost("/contacts", async Task<IResult> (Contact contact) =>
        {
            var entered = contact with { Id = Guid.CreateVersion7() };
            if (whole)
                return await EnterWhole(data, entered);
            await using var command = data.CreateCommand(
                """
                insert into contact (tenant, id, version, created_at, updated_at, first_name, last_name, email, phone, job_title, account_id, tags)
                values ($1, $2, 1, now(), now(), $3, $4, $5, $6, $7, $8, $9)
                """);
            foreach (var value in (object?[])[Ground.Tenant, entered.Id, entered.FirstName, entered.LastName, entered.Email, entered.Phone, entered.JobTitle])
                command.Parameters.Add(new() { Value = value ?? DBNull.Value });
            command.Parameters.Add(new() { Value = (object?)entered.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = entered.Tags ?? [] });
            await command.ExecuteNonQueryAsync();
            return TypedResults.Created($"/contacts/{entered.Id}", entered);
        });

        app.MapGet("/contacts/{id:guid}", async Task<IResult> (Guid id) =>
        {
            await using var command = data.CreateCommand(
                "select id, first_name, last_name, email, phone, job_title, account_id, tags from contact where tenant = $1 and id = $2");
            command.Parameters.Add(new() { Value = Ground.Tenant });
            command.Parameters.Add(new() { Value = id });
            await using var row = await command.ExecuteReaderAsync();
            if (!await row.ReadAsync())
                return TypedResults.NotFound();
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            return TypedResults.Ok(new Contact(
                row.GetGuid(0), Text(1), row.GetString(2), Text(3), Text(4), Text(5), row.IsDBNull(6) ? null : row.GetGuid(6), row.GetFieldValue<string[]>(7)));
        });

        await app.RunAsync();
        return 0;
    }

    // The row a contact is, and its searched text, into the very tables and indexes of the service.
    private static async Task<IResult> EnterWhole(NpgsqlDataSource data, Contact contact)
    {
        var name = $"{contact.FirstName} {contact.LastName}";
        await using var batch = data.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into contact (
                tenant, id, version, created_at, updated_at, first_name, last_name, display_name, email, emails, phone, phones, job_title, tags)
            values ($1, $2, 1, now(), now(), $3, $4, $5, $6, jsonb_build_array(jsonb_build_object('address', $6, 'primary', true)),
                    $7, jsonb_build_array(jsonb_build_object('number', $7, 'primary', true)), $8, $9)
            """));
        foreach (var value in (object?[])[
            Ground.Tenant, contact.Id, contact.FirstName, contact.LastName, name, contact.Email, contact.Phone, contact.JobTitle, contact.Tags ?? []])
            batch.BatchCommands[0].Parameters.Add(new() { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into contact_search (tenant, id, text) values ($1, $2, $3)"));
        foreach (var value in (object[])[Ground.Tenant, contact.Id, $" {name} \n {contact.Email} {contact.Phone} {contact.JobTitle} ".ToLowerInvariant()])
            batch.BatchCommands[1].Parameters.Add(new() { Value = value });
        await batch.ExecuteNonQueryAsync();
        return TypedResults.Created($"/contacts/{contact.Id}", contact);
    }

    private static async Task Create(NpgsqlDataSource data)
    {
        await using var command = data.CreateCommand(
            """
            create table if not exists contact (
                tenant uuid not null, id uuid not null, version int not null, created_at timestamptz not null, updated_at timestamptz not null,
                deleted_at timestamptz, first_name text, last_name text not null, email text, phone text, job_title text, account_id uuid,
                tags text[] not null, primary key (tenant, id));
            create index if not exists contact_newest on contact (tenant, created_at desc, id desc) where deleted_at is null;
            create index if not exists contact_account on contact (tenant, account_id) where account_id is not null;
            create index if not exists contact_email on contact (tenant, lower(email)) where email is not null;
            """);
        await command.ExecuteNonQueryAsync();
    }
}

using Npgsql;

namespace CrmPlatform.Hosting.Database;

/// <summary>
/// Lets indexes of custom fields, searched texts and orders by text answer beside row-level security. PostgreSQL asks an index only for what
/// cannot tell of hidden rows, and takes nobody's word for it but a superuser's. These functions tell nothing: none fails with a message that
/// names a value. Without the word (the administrator of a hosted server is no superuser) every answer is the same, only slower.
/// </summary>
internal static class Leakproof
{
    private const string Sql =
        """
        do $$
        declare
            f regprocedure;
        begin
            perform pg_advisory_xact_lock(hashtext('crm leakproof'));
            for f in select oid::regprocedure from pg_proc where not proleakproof and oid = any(array[
                'pg_catalog.jsonb_object_field(jsonb,text)', 'pg_catalog.jsonb_object_field_text(jsonb,text)', 'pg_catalog.jsonb_typeof(jsonb)',
                'pg_catalog.numeric(jsonb)', 'pg_catalog.numeric_eq(numeric,numeric)', 'pg_catalog.numeric_lt(numeric,numeric)',
                'pg_catalog.numeric_le(numeric,numeric)', 'pg_catalog.numeric_gt(numeric,numeric)', 'pg_catalog.numeric_ge(numeric,numeric)',
                'pg_catalog.left(text,integer)', 'pg_catalog.lower(text)', 'pg_catalog.textlike(text,text)',
                'crm.amount(jsonb)', 'crm.id(jsonb)', 'crm.day(jsonb)', 'crm.moment(jsonb)']::regprocedure[])
            loop
                execute format('alter function %s leakproof', f);
            end loop;
        end $$
        """;

    /// <summary>Gives the word in one database, where it is not given yet; false where the administrator may not.</summary>
    public static async Task<bool> Declare(NpgsqlConnection admin, CancellationToken cancel)
    {
        await using (var may = new NpgsqlCommand("select rolsuper from pg_roles where rolname = current_user", admin))
            if (await may.ExecuteScalarAsync(cancel) is not true)
                return false;
        await using var command = new NpgsqlCommand(Sql, admin);
        await command.ExecuteNonQueryAsync(cancel);
        return true;
    }
}

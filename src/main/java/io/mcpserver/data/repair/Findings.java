package io.mcpserver.data.repair;

import io.mcpserver.data.transfer.Steps;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.StoreSalvage.Found;
import io.mcpserver.storage.StoredDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found in the record.
 *
 * @param documents that can be read
 * @param deletedIds of which a document was deleted, that can be read
 * @param mended of both, those that something was wrong with
 * @param lost rows that cannot be used
 * @param complete whether nothing is missing of what was ever there
 * @param faults of the whole, and the first of the single ones, each a sentence
 */
public record Findings(long documents, long deletedIds, long mended, long lost, boolean complete, List<String> faults) {

    /** Faults of single rows that are told one by one; all are counted. */
    private static final int MOST_TOLD = 100;

    /** Whether nothing is wrong. */
    public boolean whole() {
        return mended == 0 && lost == 0 && faults.isEmpty();
    }

    static Findings of(StoreSalvage salvage, Steps steps) {
        List<String> faults = new ArrayList<>(salvage.faults());
        faults.addAll(salvage.derivedFaults());
        int most = faults.size() + MOST_TOLD;
        long documents = 0;
        long deleted = 0;
        long mended = 0;
        long lost = 0;
        List<Found> some = salvage.next();
        while (!some.isEmpty()) {
            for (Found found : some) {
                switch (found) {
                    case Found.Good(StoredDocument document) -> {
                        documents += document.deleted() ? 0 : 1;
                        deleted += document.deleted() ? 1 : 0;
                    }
                    case Found.Mended(StoredDocument document, String why) -> {
                        documents += document.deleted() ? 0 : 1;
                        deleted += document.deleted() ? 1 : 0;
                        mended++;
                        tell(faults, most, document.collection() + "/" + document.id() + " " + why + ".");
                    }
                    case Found.Lost one -> {
                        lost++;
                        tell(faults, most, one.where() + " " + one.why() + ".");
                    }
                }
            }
            steps.at(documents + deleted + lost, 0);
            some = salvage.next();
        }
        return new Findings(
                documents, deleted, mended, lost, lost == 0 && salvage.faults().isEmpty(), List.copyOf(faults));
    }

    private static void tell(List<String> faults, int most, String fault) {
        if (faults.size() < most) {
            faults.add(fault.endsWith("..") ? fault.substring(0, fault.length() - 1) : fault);
        }
    }
}

package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What is heard of a generator's output: what the recipe's locks make of it, as a preset's decoder would.
 *
 * <p>Judges' gradients reach the cells that became what the generator wants. Where the decoder decided otherwise because of
 * other cells, judges ask for nothing: the number of cells that are wanted would grow without end.
 *
 * @param cells what judges and the way back see, float {@code (batch, 1, 64, 84)}
 * @param overruled 1 where the decoder decided otherwise than generator and masks, else 0; of the same shape
 */
record Heard(Tensor cells, Tensor overruled) {

    /**
     * Applies the locks.
     *
     * @param towardsB which direction's
     * @param logits the generator's output, {@code (batch, 1, 64, 84)}
     * @param fakes what it would be without locks: probabilities, or binarised with the gradient of probabilities; only of the
     *     latter the decoder decides together what depends on one another
     * @param source the cells that came in
     */
    static Heard of(Device device, Recipe recipe, boolean towardsB, Tensor logits, Tensor fakes, float[] source) {
        Recipe.Locks locks = recipe.locks();
        if (!locks.any()) {
            return whole(fakes);
        }
        Decoding decoding = locks.decoding(towardsB);
        LockMasks masks = LockMasks.of(source, decoding);
        Tensor locked = fakes.mul(tensor(device, masks.free())).add(tensor(device, masks.forced()));
        if (!locks.decidesTogether(towardsB) || !recipe.losses().straightThrough()) {
            return whole(locked);
        }
        float[] probabilities = Tensors.toArray(torch.sigmoid(logits.detach()));
        Tensor decoded = tensor(device, DecodedCells.of(source, probabilities, decoding));
        Tensor overruled = decoded.ne(locked.detach()).to(locked.scalar_type());
        Tensor agreed = locked.sub(locked.mul(overruled));
        return new Heard(decoded.sub(agreed.detach()).add(agreed), overruled);
    }

    private static Heard whole(Tensor cells) {
        return new Heard(cells, torch.zeros_like(cells));
    }

    /** Cross-entropy between output and what is heard, in the cells where the decoder decided otherwise, over all cells. */
    Tensor unheard(Tensor logits) {
        return Tensors.crossEntropyPerCell(logits, cells.detach())
                .mul(overruled)
                .mean();
    }

    private static Tensor tensor(Device device, float[] cells) {
        return device.tensor(cells, cells.length / PianoRoll.CELLS, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }
}
